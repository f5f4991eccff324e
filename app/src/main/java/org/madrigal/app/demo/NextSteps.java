package org.madrigal.app.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.madrigal.core.protocol.Privacy;

/**
 * What a newcomer may do after the demo.
 *
 * @param command how the program was called, so that lines can be copied
 * @param privacy who may see single updates
 * @param kept what the demo leaves, if it leaves anything
 */
record NextSteps(String command, Privacy privacy, Optional<Kept> kept) {

  /**
   * What a demo leaves.
   *
   * @param folder the folder that the user named
   * @param ledger the folder of the ledger, in it
   */
  record Kept(Path folder, Path ledger) {}

  private record Step(String what, String why) {}

  /** The steps of a program that was called as the launcher tells. */
  static NextSteps of(Privacy privacy, Optional<Kept> kept) {
    return new NextSteps(
        Optional.ofNullable(System.getenv("MADRIGAL_COMMAND")).orElse("madrigal"), privacy, kept);
  }

  /** One line for each, in two columns. */
  List<String> lines() {
    List<Step> steps = steps();
    int width = steps.stream().mapToInt(step -> step.what().length()).max().orElse(0);
    List<String> lines = new ArrayList<>(List.of("", "What next?"));
    for (Step step : steps) {
      String gap = " ".repeat(width - step.what().length());
      lines.add("  " + step.what() + gap + "   " + step.why());
    }
    return lines;
  }

  private List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    if (kept.isPresent()) {
      String ledger = "'" + kept.get().folder().resolve(kept.get().ledger()) + "'";
      steps.add(
          new Step(
              command + " audit --ledger " + ledger,
              privacy == Privacy.NONE ? "audit it yourself" : "audit it as a stranger can"));
      if (privacy != Privacy.NONE) {
        String keys = "'" + kept.get().folder().resolve("audit.keys") + "'";
        steps.add(
            new Step(
                command + " audit --ledger " + ledger + " --key " + keys,
                "and as a hospital can, every model"));
      }
      steps.add(new Step(command + " log --ledger " + ledger, "read every statement"));
    } else {
      steps.add(
          new Step(command + " demo --keep play", "keep the ledger and the keys, and look around"));
    }
    steps.add(new Step(command + " simulate --help", "try a charter of your own, in one process"));
    steps.add(new Step("docs/tutorial.md", "four members as four processes, step by step"));
    return steps;
  }
}
