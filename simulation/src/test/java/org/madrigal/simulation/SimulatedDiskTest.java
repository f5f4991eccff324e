package org.madrigal.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.node.disk.Disk;
import org.madrigal.node.disk.DiskContract;
import org.madrigal.node.disk.NodeException;
import org.madrigal.simulation.SimulatedDisk.Failure;

final class SimulatedDiskTest extends DiskContract {

  private static final Bytes OLD = Bytes.ofHex("0102");
  private static final Bytes NEW = Bytes.ofHex("0304050607");

  private final SimulatedDisk disk = new SimulatedDisk(Chance.of(1));

  @Override
  protected Disk disk() {
    return disk;
  }

  @ParameterizedTest
  @EnumSource(
      value = Failure.class,
      names = {"LOST", "TORN", "UNTOLD"})
  void aFileIsReplacedWholeOrNotAtAll(Failure failure) {
    disk.create("a", OLD);
    disk.failAfter(0, failure);

    assertThatThrownBy(() -> disk.replace("a", NEW)).isInstanceOf(PowerFailure.class);
    assertThatThrownBy(() -> disk.read("a")).isInstanceOf(PowerFailure.class);
    disk.restart();

    assertThat(disk.read("a")).contains(failure == Failure.UNTOLD ? NEW : OLD);
  }

  @Test
  void aTornAppendIsThereInPart() {
    disk.create("a", OLD);
    disk.failAfter(1, Failure.TORN);
    Disk.Appender appender = disk.append("a");
    appender.append(NEW);

    assertThatThrownBy(() -> appender.append(NEW)).isInstanceOf(PowerFailure.class);
    disk.restart();

    assertThat(disk.read("a").orElseThrow().length()).isBetween(7, 11);
    assertThat(disk.read("a").orElseThrow().hex()).startsWith("01020304050607");
  }

  @Test
  void aFullDiskTakesNothingUntilThereIsRoom() {
    disk.create("a", OLD);
    disk.failAfter(0, Failure.FULL);

    assertThatThrownBy(() -> disk.replace("a", NEW)).isInstanceOf(NodeException.class);
    assertThatThrownBy(() -> disk.replace("a", NEW)).hasMessageContaining("No space left");
    disk.append("a").truncate(1);
    disk.restart();
    disk.replace("b", NEW);

    assertThat(disk.read("a")).contains(Bytes.ofHex("01"));
    assertThat(disk.read("b")).contains(NEW);
  }

  @Test
  void oneBitFlips() {
    disk.create("a", NEW);

    disk.flip("a", NEW.length());

    byte[] before = NEW.toByteArray();
    byte[] after = disk.content("a").toByteArray();
    int bits = 0;
    for (int i = 0; i < before.length; i++) {
      bits += Integer.bitCount((before[i] ^ after[i]) & 0xff);
    }
    assertThat(bits).isEqualTo(1);
  }

  @Test
  void aBackupStaysAsItWas() {
    disk.create("a", OLD);
    TreeMap<String, Bytes> backup = new TreeMap<>(disk.backup());
    disk.replace("a", NEW);
    disk.create("b", NEW);

    disk.replaceAll(backup);

    assertThat(disk.names()).containsExactly("a");
    assertThat(disk.content("a")).isEqualTo(OLD);
  }
}
