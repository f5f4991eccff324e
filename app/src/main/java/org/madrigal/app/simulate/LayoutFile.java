package org.madrigal.app.simulate;

import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import org.madrigal.app.config.MemberDataFile;
import org.madrigal.app.yaml.Section;
import org.madrigal.app.yaml.Value;
import org.madrigal.app.yaml.YamlDocument;
import org.madrigal.app.yaml.YamlException;
import org.madrigal.core.model.DataSpec;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.trainer.data.DataFiles;

/**
 * Reads layout files: which member's rows lie where in a folder of data. What stands under a name
 * is what a {@code member.yaml} says under {@code data}.
 *
 * <pre>
 * members:
 *   anna: {train: [a.csv], test: [{csv: b.csv, where: {site: A}}]}
 * </pre>
 *
 * <p>or {@code whole: {train: [...], test: [...]}}, to be dealt by {@code --partition}.
 */
public final class LayoutFile {

  private LayoutFile() {}

  /**
   * Reads {@code file}, whose names of files are relative to {@code folder}.
   *
   * @throws YamlException with the place of what is wrong
   */
  public static Layout read(Path file, Path folder, DataSpec spec) {
    Section root = YamlDocument.read(file).section("members", "whole");
    Optional<Value> named = root.optional("members");
    if (named.isPresent() == root.optional("whole").isPresent()) {
      throw root.value().wrong("Exactly one of the keys 'members' and 'whole' must be there.");
    }
    TreeMap<MemberId, DataFiles> members = new TreeMap<>();
    named.ifPresent(value ->
        value
            .entries("pseudonyms with files")
            .forEach((name, files) ->
                members.put(
                    files.checked(() -> new MemberId(name)),
                    MemberDataFile.read(folder, files).files(spec))));
    return new Layout(
        members,
        root.optional("whole").map(value -> MemberDataFile.read(folder, value).files(spec)));
  }
}
