package org.madrigal.app.config;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.madrigal.app.yaml.Section;
import org.madrigal.app.yaml.Value;
import org.madrigal.app.yaml.YamlDocument;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.model.DataSpec;
import org.madrigal.core.protocol.FederationId;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Privacy;
import org.madrigal.core.protocol.Training;
import org.madrigal.node.Delays;
import org.madrigal.node.MemberFolder;
import org.madrigal.node.Policy;
import org.madrigal.node.WorkingHours;
import org.madrigal.node.WorkingHours.Span;
import org.madrigal.trainer.data.DataFiles;
import org.madrigal.trainer.process.Program;

/**
 * A member's own settings: {@code member.yaml} in its folder. Relative paths begin at that folder;
 * docs/cli.md describes every key.
 *
 * @param folder the member's folder
 * @param member its pseudonym
 * @param charter its copy of the charter
 * @param key its key file
 * @param ledger where the ledger is
 * @param data where its rows are; nothing where its trainer reads them itself
 * @param trainer the program that trains; nothing for the built-in trainer
 * @param policy what it accepts
 * @param delays how long its node waits
 * @param attachments where it gives the others attachments off the ledger, and they do
 * @param initialModel a safetensors file with the initial model, where the charter pins one
 * @param threads how many threads training may use
 * @param addressBook real names by pseudonym, which stay here
 * @param dashboard where its node shows itself; nothing if it does not
 */
public record MemberFile(
    Path folder,
    MemberId member,
    Path charter,
    Path key,
    LedgerAddress ledger,
    Optional<MemberData> data,
    Optional<Program> trainer,
    Policy policy,
    Delays delays,
    Optional<AttachmentsSection> attachments,
    Optional<Path> initialModel,
    int threads,
    Map<String, String> addressBook,
    Optional<DashboardSection> dashboard) {

  /** The name of the file in a member's folder. */
  public static final String NAME = "member.yaml";

  private static final int MAX_THREADS = 1024;

  /** Where a member's rows are, which is known in full once the charter says what a row is. */
  @FunctionalInterface
  public interface MemberData {
    /** The files, for rows as {@code spec} describes them. */
    DataFiles files(DataSpec spec);
  }

  /** Copies the address book. */
  public MemberFile {
    addressBook = Collections.unmodifiableMap(new TreeMap<>(addressBook));
  }

  /**
   * Reads the file of the member in {@code folder}.
   *
   * @throws org.madrigal.app.yaml.YamlException with the place of what is wrong
   */
  public static MemberFile read(Path folder) {
    Value root = YamlDocument.read(folder.resolve(NAME));
    Section file =
        root.section(
            "madrigal",
            "member",
            "charter",
            "key",
            "ledger",
            "data",
            "trainer",
            "policy",
            "delays",
            "attachments",
            "initial-model",
            "threads",
            "address-book",
            "dashboard");
    file.required("madrigal").integer(CharterFile.VERSION, CharterFile.VERSION);
    Value member = file.required("member");
    Function<Value, Path> path = value -> value.path(folder);
    int threads =
        file.optional("threads").map(value -> value.smallInteger(1, MAX_THREADS)).orElse(1);
    Optional<Program> trainer =
        file.optional("trainer").map(value -> TrainerSection.read(folder, value, threads));
    return new MemberFile(
        folder,
        member.checked(() -> new MemberId(member.text())),
        path.apply(file.required("charter")),
        file.optional("key").map(path).orElse(folder.resolve(MemberFolder.KEY)),
        LedgerSection.read(file.required("ledger"), path),
        (trainer.isPresent() ? file.optional("data") : Optional.of(file.required("data")))
            .map(value -> MemberDataFile.read(folder, value)),
        trainer,
        file.optional("policy").map(MemberFile::policy).orElse(Policy.PERMISSIVE),
        file.optional("delays").map(MemberFile::delays).orElse(Delays.DEFAULT),
        file.optional("attachments").map(value -> AttachmentsSection.read(value, path)),
        file.optional("initial-model").map(path),
        threads,
        file.optional("address-book").map(MemberFile::names).orElse(Map.of()),
        file.optional("dashboard").map(value -> DashboardSection.read(value, path)));
  }

  private static Policy policy(Value value) {
    Section policy =
        value.section(
            "charters", "trainers", "data", "privacy", "max-rounds", "max-parameters", "hours");
    return new Policy(
        set(policy, "charters", v -> new FederationId(digest(v))),
        set(policy, "trainers", Value::text),
        set(policy, "data", MemberFile::digest),
        set(policy, "privacy", v -> v.choice(List.of(Privacy.values()), Privacy::kind)),
        policy
            .optional("max-rounds")
            .map(v -> v.smallInteger(1, Training.MAX_ROUNDS))
            .orElse(Integer.MAX_VALUE),
        policy
            .optional("max-parameters")
            .map(v -> v.smallInteger(1, Integer.MAX_VALUE))
            .orElse(Integer.MAX_VALUE),
        policy.optional("hours").map(MemberFile::hours).orElse(WorkingHours.ALWAYS));
  }

  private static WorkingHours hours(Value value) {
    return new WorkingHours(
        value.list().stream().map(v -> v.checked(() -> Span.parse(v.text()))).toList(),
        ZoneId.systemDefault());
  }

  private static <T> Set<T> set(Section section, String key, Function<Value, T> each) {
    return section
        .optional(key)
        .map(list -> (Set<T>) new LinkedHashSet<>(list.list().stream().map(each).toList()))
        .orElse(Set.of());
  }

  private static Digest digest(Value value) {
    return value.checked(() -> Digest.parse(value.text()));
  }

  private static Delays delays(Value value) {
    Section delays =
        value.section(
            "rank", "poll", "tick", "resend", "retry", "longest", "requests", "grace", "stop");
    Delays usual = Delays.DEFAULT;
    return value.checked(() ->
        new Delays(
            delays.optional("rank").map(Value::duration).orElse(usual.rank()),
            delays.optional("poll").map(Value::duration).orElse(usual.poll()),
            delays.optional("tick").map(Value::duration).orElse(usual.tick()),
            delays.optional("resend").map(Value::duration).orElse(usual.resend()),
            delays.optional("retry").map(Value::duration).orElse(usual.retry()),
            delays.optional("longest").map(Value::duration).orElse(usual.longest()),
            delays.optional("requests").map(Value::duration).orElse(usual.requests()),
            delays.optional("grace").map(Value::duration).orElse(usual.grace()),
            delays.optional("stop").map(Value::duration).orElse(usual.stop())));
  }

  private static Map<String, String> names(Value value) {
    TreeMap<String, String> names = new TreeMap<>();
    value
        .entries("pseudonyms with names")
        .forEach((pseudonym, name) -> names.put(pseudonym, name.text()));
    return names;
  }

  /** What people here call a member: its real name, where the address book has it. */
  public String nameOf(MemberId id) {
    String name = addressBook.get(id.value());
    return name == null ? id.value() : "%s (%s)".formatted(id, name);
  }
}
