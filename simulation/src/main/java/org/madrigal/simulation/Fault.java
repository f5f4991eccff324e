package org.madrigal.simulation;

/** What can go wrong with an honest member's machine, or on its way to the ledger. */
enum Fault {
  /** The power fails between two turns. */
  CRASH("crash between turns"),
  /** The power fails during a write, or the disk is full. */
  DISK("disk fails during a write"),
  /** The power fails just before or just after something is sent. */
  APPEND("crash at an append"),
  /** The network is down for a while. */
  PARTITION("partition"),
  /** The ledger keeps the member out for a while. */
  CENSORSHIP("censorship"),
  /** Somebody makes a backup. */
  BACKUP("backup"),
  /** A backup is put back, and the owner says so. */
  RESTORE("old backup put back"),
  /** The secrets of a backup are put back, and nobody says so. */
  OLD_SECRETS("old secrets put back"),
  /** Everything but the key is lost. */
  LOST_DISK("lost disk"),
  /** A bit flips on the disk. */
  FLIPPED_BIT("flipped bit"),
  /** Training is slow for a while. */
  SLOW("slow member"),
  /** Training fails a few times. */
  TRAINING("failing training"),
  /** Somebody sets the clock. */
  CLOCK("clock that jumps"),
  /** The owner stops the node in good order. */
  STOP("stop and start");

  private final String words;

  Fault(String words) {
    this.words = words;
  }

  /** The fault for people. */
  String words() {
    return words;
  }
}
