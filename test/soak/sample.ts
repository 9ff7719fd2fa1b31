// What is measured of the server at one moment.

export interface Sample {
  /** Resident, of the whole process, in MB. */
  readonly rss: number;
  /** Of JavaScript and what it holds outside of its heap, after its garbage was collected, in MB. */
  readonly heap: number;
  readonly files: number;
  readonly sockets: number;
  readonly timers: number;
}
