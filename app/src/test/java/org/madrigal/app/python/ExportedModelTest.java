package org.madrigal.app.python;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.app.Cli;
import org.madrigal.app.fixture.Federation;

@Tag("python")
final class ExportedModelTest {

  @TempDir private Path folder;
  private Path ledger;
  private String charter;

  @BeforeEach
  void trainForTwoRounds() {
    ledger = folder.resolve("ledger");
    try (Federation federation = Federation.hospitals(ledger, 2).run()) {
      charter = federation.charter().id().toString();
    }
  }

  @Test
  void opensWithItsProvenanceAndTheDigestOfTheLedger() throws IOException {
    Path model = folder.resolve("model.safetensors");

    JsonNode exported = export(model);
    JsonNode read =
        new ObjectMapper().readTree(Python.run("app/src/test/python/read_model.py", model));

    assertThat(read.get("sha256").asText()).isEqualTo(exported.get("model").asText());
    assertThat(read.get("shapes")).hasToString("{\"0.weight\":[1,2],\"0.bias\":[1]}");
    JsonNode metadata = read.get("metadata");
    assertThat(metadata.get("madrigal.sha256")).isEqualTo(exported.get("model"));
    assertThat(metadata.get("madrigal.charter").asText()).isEqualTo(charter);
    assertThat(metadata.get("madrigal.round").asText()).isEqualTo("2");
    assertThat(metadata.has("madrigal.position")).isTrue();
  }

  @Test
  void decryptsToTheSameFile() {
    Path plain = folder.resolve("model.safetensors");
    Path token = folder.resolve("model.token");
    Path key = folder.resolve("model.key");
    Path decrypted = folder.resolve("decrypted.safetensors");

    export(plain);
    export(token, "--encrypt", "--new-key", key);
    Python.run("app/src/test/python/decrypt_model.py", key, token, decrypted);

    assertThat(decrypted).hasSameBinaryContentAs(plain);
  }

  private JsonNode export(Path out, Object... more) {
    Object[] first = {"model", "export", "--ledger", ledger, "--out", out, "--json"};
    return Cli.run(Stream.concat(Stream.of(first), Stream.of(more)).toArray()).json();
  }
}
