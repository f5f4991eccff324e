package org.madrigal.app.rest;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One thing that is served: a function of what was read. Called from many threads. */
public interface Endpoint {

  /** Where it is. */
  Route route();

  /** The answer, as JSON. */
  Map<String, @Nullable Object> answer(Call call) throws Problem, InterruptedException;

  /**
   * Where something is served.
   *
   * @param method {@code GET}, which answers {@code HEAD} as well, or {@code POST}
   * @param path such as {@code /api/v1/rounds/{n}}: a last part in braces is a number
   * @param query the names of the parameters
   */
  record Route(String method, String path, Set<String> query) {

    /** Copies the set. */
    public Route {
      query = Set.copyOf(query);
    }

    static Route get(String path, String... query) {
      return new Route("GET", path, Set.of(query));
    }

    /** Whether the last part of the path is a number. */
    public boolean isNumbered() {
      return path.endsWith("}");
    }

    /** The path without a number at its end, and without the slash before it. */
    public String stem() {
      return isNumbered() ? path.substring(0, path.lastIndexOf('/')) : path;
    }
  }
}
