// Runs every generator; with --check, only compares.
import './rcp-services.mjs';
import './notices.mjs';
