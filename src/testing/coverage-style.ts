/** The look of the report, light and dark. */
export const coverageStyle = `
:root { color-scheme: light dark; --text: #1b1f24; --soft: #59636e; --page: #f6f8fa; --card: #fff; --line: #d1d9e0;
  --good: #1a7f37; --some: #9a6700; --bad: #cf222e; --good-back: #dafbe1; --some-back: #fff8c5; --bad-back: #ffebe9; }
@media (prefers-color-scheme: dark) { :root { --text: #e6edf3; --soft: #9198a1; --page: #0d1117; --card: #151b23;
  --line: #3d444d; --good: #3fb950; --some: #d29922; --bad: #f85149; --good-back: #12261e; --some-back: #272115; --bad-back: #25171c; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 68rem; padding: 2rem 1.25rem 4rem; background: var(--page); color: var(--text);
  font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; }
.soft { color: var(--soft); }
code { font: 13px/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.totals { display: grid; grid-template-columns: repeat(auto-fit, minmax(16rem, 1fr)); gap: 1rem; margin: 1.5rem 0; }
.total, details { background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
.total { padding: 1rem 1.25rem; }
.total b { font-size: 2rem; line-height: 1.2; display: block; }
.bar { height: 8px; border-radius: 4px; background: var(--bad-back); overflow: hidden; margin-top: .5rem; }
.bar i { display: block; height: 100%; background: var(--good); }
label { user-select: none; cursor: pointer; }
#open:checked ~ details.all, #open:checked ~ details li.all { display: none; }
details { margin: .75rem 0; }
summary { padding: .75rem 1.25rem; cursor: pointer; display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: baseline; }
summary b { flex: 1 1 18rem; overflow-wrap: anywhere; }
summary code, .place { color: var(--soft); }
ol { list-style: none; margin: 0; padding: 0 1.25rem 1rem; }
li.all, li.some, li.none { border-left: 4px solid; padding: .5rem .75rem; margin-top: .5rem; border-radius: 0 6px 6px 0; }
li.all { border-color: var(--good); background: var(--good-back); }
li.some { border-color: var(--some); background: var(--some-back); }
li.none { border-color: var(--bad); background: var(--bad-back); }
dl { display: grid; grid-template-columns: minmax(8rem, max-content) 1fr; gap: .15rem 1rem; margin: .5rem 0 0; }
dt { color: var(--soft); }
dd { margin: 0; }
dd code::before { content: "\\2713\\00a0"; color: var(--good); }
dd code.none::before { content: "\\2717\\00a0"; color: var(--bad); }
dd code.none { color: var(--bad); }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; } }
`;
