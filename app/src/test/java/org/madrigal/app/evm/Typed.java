package org.madrigal.app.evm;

import static org.assertj.core.api.Assertions.assertThat;

import org.madrigal.app.Cli;

/** What people type that must succeed, and the rows of people's ages that they train on. */
final class Typed {

  private Typed() {}

  /** What a command prints that ends well. */
  static String run(Object... words) {
    Cli.Result result = Cli.run(words);
    assertThat(result.exit()).as("%s", result).isZero();
    return result.out();
  }

  /** The rows of a member, of which each has others. */
  static String rows(int member) {
    StringBuilder rows = new StringBuilder("age,sex,diagnosis\n");
    for (int age = 30 + member; age < 80; age++) {
      rows.append("%d,%s,%d%n".formatted(age, age % 2 == 0 ? "female" : "male", age / 55));
    }
    return rows.toString();
  }
}
