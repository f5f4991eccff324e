package org.madrigal.simulation;

/** Plays federations under seeds, each one twice: the same seed must give the same trace. */
public final class Seeds {

  private Seeds() {}

  /** Plays a seed twice. */
  public static Report play(long seed) {
    Scenario scenario = Scenario.drawn(seed);
    Report second = new Simulation(Scenario.drawn(seed), false).playOn();
    Report first = new Simulation(scenario, false).play();
    return first.violation().isEmpty() && !first.trace().equals(second.trace())
        ? first.with("two runs of seed %d differ".formatted(seed))
        : first;
  }

  /** Plays a seed once, and tells everything that happens. */
  public static Report trace(long seed) {
    return new Simulation(Scenario.drawn(seed), true).play();
  }
}
