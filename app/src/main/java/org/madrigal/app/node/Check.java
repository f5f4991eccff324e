package org.madrigal.app.node;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.cli.Json;

/**
 * What one preflight check found.
 *
 * @param name what was checked
 * @param result how it is
 * @param finding what was found, a clause
 * @param advice what to do, where something should be done
 */
record Check(String name, Result result, String finding, Optional<String> advice) {

  /** How something is. */
  enum Result {
    /** As it should be. */
    OK("ok"),
    /** It will do, but somebody should know. */
    WARNING("warning"),
    /** A node cannot run like this. */
    FAILED("failed");

    private final String word;

    Result(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  static Check ok(String name, String finding) {
    return new Check(name, Result.OK, finding, Optional.empty());
  }

  static Check warning(String name, String finding, String advice) {
    return new Check(name, Result.WARNING, finding, Optional.of(advice));
  }

  static Check failed(String name, String finding, String advice) {
    return new Check(name, Result.FAILED, finding, Optional.of(advice));
  }

  Map<String, @Nullable Object> json() {
    return Json.object()
        .put("check", name)
        .put("result", result.word())
        .put("finding", finding)
        .put("advice", advice.orElse(null))
        .map();
  }
}
