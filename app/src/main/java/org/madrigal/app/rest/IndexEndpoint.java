package org.madrigal.app.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.cli.Json;
import org.madrigal.app.cli.Version;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.MemberId;

/** {@code GET /api/v1}: what there is. */
final class IndexEndpoint implements Endpoint {

  /** Of this interface; grows where something is taken away. */
  private static final String API = "1";

  private final Site site;
  private final Map<String, String> links;

  /** An index of these endpoints and of what is served beside them. */
  IndexEndpoint(Site site, List<Endpoint> others) {
    this.site = site;
    List<String> stems = new ArrayList<>();
    others.forEach(each -> stems.add(each.route().stem()));
    TreeMap<String, String> named = new TreeMap<>();
    for (String stem : stems) {
      named.put(stem.substring(stem.lastIndexOf('/') + 1), stem);
    }
    named.put("events", Endpoints.ROOT + "/events");
    named.put("openapi", Endpoints.ROOT + "/openapi.json");
    named.put("page", "/api");
    this.links = java.util.Collections.unmodifiableMap(named);
  }

  @Override
  public Route route() {
    return Route.get(Endpoints.ROOT);
  }

  @Override
  public Map<String, @Nullable Object> answer(Call call) {
    return Json.object()
        .put("name", "madrigal")
        .put("version", Version.current())
        .put("api", API)
        .put(
            "federation",
            Json.object()
                .put("id", call.now().state().id().toString())
                .put("name", call.now().charter().map(Charter::name).orElse(null))
                .map())
        .put("member", site.member().map(MemberId::value).orElse(null))
        .put("serves", site.member().isPresent() ? "node" : "ledger")
        .put("links", links)
        .map();
  }
}
