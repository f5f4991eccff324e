package org.madrigal.app.model;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.madrigal.app.export.InputScale;
import org.madrigal.core.model.Standardisation;
import org.madrigal.core.model.Statistics;
import org.madrigal.core.model.Tally;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.state.GlobalModel;

/**
 * A model and where it comes from.
 *
 * @param charter what its members signed up to
 * @param model the model
 * @param position the entry with which its round closed
 * @param head how far the history reached then
 * @param contributors whose updates are in it
 * @param metrics what members measured of it: by member, or of 'all' together
 * @param standardisation how inputs were brought to one scale, where the federation says so
 * @param statistics what the training rows of all members are like, where they know it
 * @param evaluation what the model makes of all members' test rows, where they know it
 */
record FoundModel(
    Charter charter,
    GlobalModel model,
    Position position,
    Head head,
    List<MemberId> contributors,
    SortedMap<String, Map<String, Double>> metrics,
    Optional<Standardisation> standardisation,
    Optional<Statistics> statistics,
    Optional<Tally> evaluation) {

  FoundModel {
    contributors = List.copyOf(contributors);
    metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
  }

  FoundModel with(SortedMap<String, Map<String, Double>> measured, Optional<Tally> judged) {
    return new FoundModel(
        charter,
        model,
        position,
        head,
        contributors,
        measured,
        standardisation,
        statistics,
        judged);
  }

  /** The provenance, as it stands in exported files. */
  Map<String, String> provenance(String version) {
    TreeMap<String, String> texts = new TreeMap<>();
    texts.put("format", "pt");
    texts.put("madrigal.version", version);
    texts.put("madrigal.federation", charter.name());
    texts.put("madrigal.charter", charter.id().toString());
    texts.put("madrigal.round", model.round().toString());
    texts.put("madrigal.position", position.toString());
    texts.put("madrigal.head", head.toString());
    texts.put("madrigal.sha256", model.digest().hex());
    texts.put(
        "madrigal.members", String.join(",", contributors.stream().map(MemberId::value).toList()));
    charter
        .federatedTable()
        .ifPresent(table ->
            standardisation.ifPresent(
                scale -> texts.put("madrigal.scale", InputScale.text(table, scale))));
    return texts;
  }
}
