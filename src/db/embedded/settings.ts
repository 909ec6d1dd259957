/**
 * PostgreSQL 18 settings for a small machine that also runs the server. Given on the command line, so that a new version of the
 * program brings its own whatever lies in the data folder.
 */
const settings: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  max_connections: '100',
  shared_buffers: '128MB',
  effective_cache_size: '512MB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  // Checkpoints write every page once more into the log; far apart and spread out they cost little.
  wal_buffers: '16MB',
  min_wal_size: '256MB',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  checkpoint_completion_target: '0.9',
  random_page_cost: '1.1',
  // Short statements on few cores: compiling or spreading them costs more than it brings.
  jit: 'off',
  max_parallel_workers_per_gather: '0',
  io_method: 'sync',
  autovacuum_vacuum_scale_factor: '0.05',
  // A kept plan lives until its tables are analysed: one made for an empty table must not serve a full one for a whole minute.
  autovacuum_naptime: '5s',
  timezone: 'UTC',
  log_timezone: 'UTC',
  datestyle: 'ISO',
  lc_messages: 'C',
  // A failing row's values and the statement never reach the log: they may be a shopper's data.
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  log_parameter_max_length_on_error: '0',
  log_checkpoints: 'off',
}

/** Only for throwaway test databases: a crash of the machine loses them. */
const withoutSync: Readonly<Record<string, string>> = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '200',
}

export function settingArguments(port: number, fsync: boolean, socket: string | undefined): readonly string[] {
  const all = {
    ...settings,
    ...(fsync ? { fsync: 'on' } : withoutSync),
    port: String(port),
    unix_socket_directories: socket === undefined ? '' : `"${socket}"`,
  }
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}
