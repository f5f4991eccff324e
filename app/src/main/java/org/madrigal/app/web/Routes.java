package org.madrigal.app.web;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.madrigal.app.rest.Endpoint;
import org.madrigal.app.rest.Problem;

/** Which endpoint a path means. */
final class Routes {

  private final Map<String, Endpoint> plain = new HashMap<>();
  private final Map<String, Endpoint> numbered = new HashMap<>();

  Routes(List<Endpoint> endpoints) {
    for (Endpoint endpoint : endpoints) {
      Map<String, Endpoint> kind = endpoint.route().isNumbered() ? numbered : plain;
      if (kind.put(endpoint.route().stem(), endpoint) != null) {
        throw new IllegalArgumentException(
            "Two endpoints are served at " + endpoint.route().path());
      }
    }
  }

  /**
   * What a path means.
   *
   * @param endpoint the endpoint
   * @param number the number at its end, where there is one
   */
  record Found(Endpoint endpoint, OptionalLong number) {}

  Found find(String method, String path) throws Problem {
    Endpoint endpoint = plain.get(path);
    OptionalLong number = OptionalLong.empty();
    if (endpoint == null) {
      int slash = path.lastIndexOf('/');
      String last = path.substring(slash + 1);
      if (last.matches("0|[1-9]\\d{0,17}")) {
        endpoint = numbered.get(path.substring(0, slash));
        number = OptionalLong.of(Long.parseLong(last));
      }
    }
    if (endpoint == null) {
      throw new Problem(404, "There is nothing at this address; /api/v1 lists what there is.");
    }
    if (!endpoint.route().method().equals(method)) {
      throw notAllowed(method, endpoint.route().method().equals("GET") ? "GET, HEAD" : "POST");
    }
    return new Found(endpoint, number);
  }

  static Problem notAllowed(String method, String allowed) {
    return new Problem(
            405,
            "'%s' cannot be done here; use %s."
                .formatted(
                    method.length() > 20 ? method.substring(0, 20) : method,
                    allowed.replace(", ", " or ")))
        .with("Allow", allowed);
  }
}
