package org.madrigal.app.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Json;
import org.madrigal.app.cli.NewFile;
import org.madrigal.app.cli.Output;
import org.madrigal.app.cli.Version;
import org.madrigal.app.export.SafeTensors;
import org.madrigal.app.view.LedgerOption;
import org.madrigal.core.crypto.Bytes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code model export}: writes a model as a safetensors file. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Write a model as a safetensors file with its provenance, for PyTorch and others.",
      "The tensors have the names of a torch.nn.Sequential: 0.weight, 0.bias, ..."
    },
    footer = {
      "",
      "Examples:",
      "  madrigal model export --ledger north --out model.safetensors",
      "  madrigal model export --ledger ledger --key audit.keys --out model.safetensors",
      "  madrigal model export --ledger north --out model.token --encrypt --new-key model.key",
      "",
      "In Python:",
      "  state = safetensors.torch.load_file('model.safetensors')",
      "  data = cryptography.fernet.Fernet(key).decrypt(open('model.token', 'rb').read())",
      "",
      "Exit codes: 0 ok, 3 the ledger is broken, 11 there is no such model yet, 14 FILE is there,",
      "  20 the model is closed to who has no epoch key."
    })
final class ModelExport implements Callable<Integer> {

  @Mixin private Output output;
  @Mixin private LedgerOption ledger;
  @Mixin private RoundOption round;
  @Mixin private EncryptionOptions encryption;

  @Option(names = "--out", paramLabel = "FILE", required = true, description = "The file to write.")
  private Path file;

  @Override
  public Integer call() throws IOException {
    NewFile target = new NewFile(file);
    FoundModel found = round.find(ledger.place(), ledger::readWithKeys);
    Bytes plain =
        SafeTensors.encode(
            found.charter().layout(),
            found.model().parameters(),
            found.provenance(Version.current()));
    Bytes written = encryption.apply(plain);
    target.write(written.toByteArray());
    output.result(
        Json.object()
            .put("file", file.toString())
            .put("model", found.model().digest().hex())
            .put("round", found.model().round().value())
            .put("bytes", written.length())
            .put("encrypted", encryption.asked())
            .map(),
        out ->
            out.printf(
                "Wrote the model of round %s, %s, to %s%s.%n",
                found.model().round(),
                found.model().digest().abbreviated(),
                file,
                encryption.asked() ? ", encrypted" : ""));
    return ExitCode.OK.code();
  }
}
