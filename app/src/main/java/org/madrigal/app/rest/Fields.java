package org.madrigal.app.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.cli.Json;
import org.madrigal.core.protocol.AttachmentRef;
import org.madrigal.core.protocol.Metrics;
import org.madrigal.core.protocol.Statement;

/** What a statement says, field by field, in the order of docs/protocol.md. */
final class Fields {

  private final List<Map<String, @Nullable Object>> fields = new ArrayList<>();

  private Fields() {}

  static List<Map<String, @Nullable Object>> of(Statement statement) {
    Fields fields = new Fields();
    switch (statement) {
      case Statement.Founding s ->
          fields.put("charter", s.charter().id()).put("name", s.charter().name());
      case Statement.Enrolment s -> fields.put("ledger", s.ledger());
      case Statement.InitialModel s -> fields.put("parameters", s.model());
      case Statement.Update s ->
          fields
              .put("round", s.round())
              .put("model", s.model())
              .put("differences", s.delta())
              .put(s.metrics());
      case Statement.Attestation s ->
          fields.put("round", s.round()).put("model", s.model()).put(s.metrics());
      case Statement.Vote s -> fields.put("member", s.member()).put("reason", s.reason());
      case Statement.Nudge s -> fields.put("deadline", s.deadline());
      case Statement.KeyOffer s ->
          fields.put("epoch", s.epoch()).put("key", s.key().length() + " bytes");
      case Statement.KeySeal s ->
          fields
              .put("epoch", s.epoch())
              .put("offers", s.offers())
              .put("encapsulations", s.ciphertexts().size());
      case Statement.KeyDeal s ->
          fields
              .put("epoch", s.epoch())
              .put("attempt", s.attempt())
              .put("key", s.key())
              .put("boxes", s.boxes().size())
              .put("past keys", s.past().length() + " bytes");
      case Statement.Receipt s ->
          fields
              .put("attachments", s.attachments().size())
              .put(
                  "entries",
                  s.attachments().stream()
                      .map(held -> held.position().toString())
                      .collect(Collectors.joining(", ")));
      case Statement.Complaint s -> fields.put("epoch", s.epoch()).put("key", s.key());
      case Statement.Commitment s ->
          fields
              .put("epoch", s.epoch())
              .put("slot", s.slot())
              .put("self", s.self())
              .put("recovery", s.recovery())
              .put("capsule", s.capsule().length() + " bytes")
              .put("hashes", s.hashes().size())
              .put("boxes", s.boxes().size())
              .put("marks", s.marks().size());
      case Statement.MaskedUpdate s ->
          fields
              .put("slot", s.slot())
              .put("round", s.round())
              .put("commitments", s.commitments())
              .put("model", s.model())
              .put("masked", s.masked());
      case Statement.Unmasking s ->
          fields
              .put("slot", s.slot())
              .put("updates", s.updates())
              .put("releases", s.releases().size());
      case Statement.SealedUpdate s ->
          fields
              .put("round", s.round())
              .put("key", s.key())
              .put("model", s.model())
              .put("sealed", s.sealed());
    }
    return List.copyOf(fields.fields);
  }

  private Fields put(String name, AttachmentRef reference) {
    return put(name, "%s, %d bytes".formatted(reference.sha256(), reference.length()));
  }

  private Fields put(Metrics metrics) {
    metrics.values().forEach(this::put);
    return this;
  }

  private Fields put(String name, Object value) {
    fields.add(Json.object().put("name", name).put("value", value.toString()).map());
    return this;
  }
}
