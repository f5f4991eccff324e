package org.madrigal.app.cli;

/** A command cannot do what it was asked, for a reason that people can do something about. */
public final class Failure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  /**
   * A failure.
   *
   * @param exitCode how the process ends
   * @param sentence what was refused, the values, and what to do; ends with a full stop
   */
  public Failure(ExitCode exitCode, String sentence) {
    super(sentence);
    this.exitCode = exitCode;
  }

  /** A failure with the exception behind it, for the detailed report. */
  public Failure(ExitCode exitCode, String sentence, Throwable cause) {
    super(sentence, cause);
    this.exitCode = exitCode;
  }

  /** How the process ends. */
  public ExitCode exitCode() {
    return exitCode;
  }

  /** The sentence. */
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
