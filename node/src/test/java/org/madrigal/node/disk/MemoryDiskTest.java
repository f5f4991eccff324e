package org.madrigal.node.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.madrigal.node.disk.MemoryDisk.Failure;

class MemoryDiskTest extends DiskContract {

  @Override
  protected Disk disk() {
    return new MemoryDisk();
  }

  @Test
  void tearsTheLastAppendWhenThePowerFails() {
    MemoryDisk disk = new MemoryDisk().failingAt(2, Failure.TORN);
    disk.create("a", text("one"));
    Disk.Appender appender = disk.append("a");
    assertThatThrownBy(() -> appender.append(text("four"))).isInstanceOf(PowerLoss.class);
    assertThatThrownBy(() -> disk.read("a")).isInstanceOf(PowerLoss.class);
    assertThat(disk.copy().read("a")).contains(text("onefo"));
  }
}
