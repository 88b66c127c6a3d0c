import { Command } from 'commander';
import type { Host } from '../host.js';
import { fleetApplyCommand } from './fleet-apply.js';
import { fleetConfirmCommand, fleetPauseCommand, fleetResumeCommand } from './fleet-ask.js';
import { fleetDemoCommand } from './fleet-demo.js';
import { fleetDiffCommand } from './fleet-diff.js';
import { fleetDriftCommand } from './fleet-drift.js';
import { fleetDriveCommand } from './fleet-drive.js';
import { fleetForgetCommand } from './fleet-forget.js';
import { fleetHistoryCommand } from './fleet-history.js';
import { fleetRepairCommand } from './fleet-repair.js';
import { fleetRollbackCommand } from './fleet-rollback.js';
import { fleetStatusCommand } from './fleet-status.js';

const COMMANDS = [
  ...[fleetStatusCommand, fleetDiffCommand, fleetApplyCommand, fleetConfirmCommand, fleetRollbackCommand],
  ...[
    fleetPauseCommand,
    fleetResumeCommand,
    fleetDriftCommand,
    fleetHistoryCommand,
    fleetDriveCommand,
    fleetForgetCommand,
    fleetRepairCommand,
    fleetDemoCommand,
  ],
];

export function fleetCommand(host: Host): Command {
  const command = new Command('fleet')
    .summary('say what many hosts are to be, roll it out, take it back')
    .description('For those who run VPP on many hosts: their wishes are kept in etcd, or in a folder.')
    .configureHelp({ subcommandTerm: (own) => own.name() })
    .helpCommand(false);
  for (const build of COMMANDS) command.addCommand(build(host));
  return command;
}
