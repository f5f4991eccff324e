package org.madrigal.app.rest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.madrigal.core.crypto.Bytes;

/** Everything that is served as JSON under one root. */
public final class Endpoints {

  /** Where it is. */
  public static final String ROOT = "/api/v1";

  private Endpoints() {}

  /** The OpenAPI document, as it is served. */
  public static Bytes document() {
    try (InputStream in =
        Objects.requireNonNull(Endpoints.class.getResourceAsStream("openapi.json"))) {
      return Bytes.takeOver(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every endpoint of a site. */
  public static List<Endpoint> of(Site site) {
    List<Endpoint> all = new ArrayList<>();
    all.add(new FederationEndpoint(site));
    all.add(new StatusEndpoint(site));
    all.add(new MembersEndpoint(site));
    all.add(new RoundsEndpoint());
    all.add(new RoundEndpoint(site));
    all.add(new StatementsEndpoint());
    all.add(new StatementEndpoint(site));
    all.add(new SeriesEndpoint());
    all.add(new TrafficEndpoint());
    all.add(new AuditEndpoint(site));
    all.add(new ModelsEndpoint());
    all.add(new ModelEndpoint(site));
    all.add(new PredictEndpoint(site));
    all.add(new IndexEndpoint(site, List.copyOf(all)));
    return List.copyOf(all);
  }
}
