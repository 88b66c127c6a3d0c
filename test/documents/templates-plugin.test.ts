import { commands } from './claims.js';
import { testDocument } from './document.js';

testDocument('templates/plugin/README.md', [
  commands('npm install', {
    on: 'nothing',
    before: ({ shell, folder }) =>
      shell.run(
        `vppmux plugin new my-plugin && cd my-plugin && export VPP_API_SOCKET= HTTP_CONFIG=${folder}/conf/http.conf VPPMUX_TOKEN=$(sed -n 's/^write-token: //p' ${folder}/conf/http.conf)`,
      ),
  }),
  commands('--plugin .', {
    on: 'nothing',
    endless: { 'vppmux run': { until: 'connected to VPP', beside: 'vppmux op' } },
  }),
]);
