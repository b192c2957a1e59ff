// Runs every generator; with --check, only compares.
import './rcp-services.mjs';
import './catalog.mjs';
import './managed-policies.mjs';
import './readme.mjs';
import './notices.mjs';
