package org.madrigal.node;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The objects of this process that can be reached, from the file that the virtual machine writes.
 * Objects are in the file that nothing refers to: the collector plugs gaps with arrays of integers
 * over what lay there before, and the file does not tell such an array from a real one. So the
 * references are followed from the roots, those of weak references, too.
 *
 * <pre>
 * file     = version 0, size of an id, 4 bytes, time, 8 bytes, record ...
 * record   = tag, 1 byte, time, 4 bytes, length, 4 bytes, body
 * segment  = a record with tag 0x0c or 0x1c, whose body is: (tag, 1 byte, root, class or object) ...
 * class    = id, 4, super, 6 ids, 4, constants, statics, fields
 * instance = id, 4, class, length, 4 bytes, values of the class's fields, then of its super's
 * objects  = id, 4, count, 4 bytes, class, ids
 * numbers  = id, 4, count, 4 bytes, type, 1 byte, values, big-endian
 * </pre>
 */
final class HeapDump {

  private static final ValueLayout.OfLong ID =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private static final int REFERENCE = 2;
  private static final int CLASS = 0x20;
  private static final int INSTANCE = 0x21;
  private static final int OBJECTS = 0x22;
  private static final int NUMBERS = 0x23;

  private final MemorySegment file;
  private final Map<Long, Long> objects = new HashMap<>();
  private final Map<Long, ClassRecord> classes = new HashMap<>();
  private final ArrayDeque<Long> reached = new ArrayDeque<>();

  /**
   * Which references an object of a class holds itself.
   *
   * @param above the id of the class above, or 0
   * @param length of the class's own fields in bytes
   * @param references where they are among them
   */
  private record ClassRecord(long above, int length, List<Integer> references) {}

  private HeapDump(MemorySegment file) {
    this.file = file;
  }

  /** Writes the objects that are alive in this process. */
  static Path write(Path file) throws IOException {
    System.gc();
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpHeap(file.toString(), true);
    return file;
  }

  /** Shows {@code each} what every object in reach holds, one after the other. */
  static void read(Path file, Consumer<MemorySegment> each) throws IOException {
    try (Arena arena = Arena.ofConfined();
        FileChannel channel = FileChannel.open(file)) {
      HeapDump dump =
          new HeapDump(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena));
      dump.readRecords();
      dump.follow(each);
    }
  }

  private void readRecords() {
    long at = 0;
    while (file.get(ValueLayout.JAVA_BYTE, at) != 0) {
      at++;
    }
    if (file.get(INT, at + 1) != Long.BYTES) {
      throw new IllegalStateException("Ids have " + file.get(INT, at + 1) + " bytes, not 8");
    }
    at += 13;
    while (at < file.byteSize()) {
      int tag = byteAt(at);
      long body = at + 9;
      long end = body + Integer.toUnsignedLong(file.get(INT, at + 5));
      if (tag == 0x0c || tag == 0x1c) {
        readSegment(body, end);
      }
      at = end;
    }
  }

  private void readSegment(long from, long end) {
    long at = from;
    while (at < end) {
      int tag = byteAt(at++);
      at +=
          switch (tag) {
            case 0xff, 0x05, 0x07 -> root(at, 0);
            case 0x01, 0x02, 0x03, 0x08 -> root(at, 8);
            case 0x04, 0x06 -> root(at, 4);
            case CLASS -> readClass(at);
            case INSTANCE -> object(at, 24L + file.get(INT, at + 20));
            case OBJECTS -> object(at, 24 + 8L * file.get(INT, at + 12));
            case NUMBERS -> object(at, 17 + (long) size(byteAt(at + 16)) * file.get(INT, at + 12));
            default ->
                throw new IllegalStateException("A record of kind %d is unknown".formatted(tag));
          };
    }
  }

  private long root(long at, int more) {
    reached.add(file.get(ID, at));
    return 8L + more;
  }

  private long object(long at, long length) {
    objects.put(file.get(ID, at), at - 1);
    return length;
  }

  /** All classes count as roots, with what their static fields refer to. */
  private long readClass(long from) {
    long at = from + 8 + 4;
    long above = file.get(ID, at);
    at += 6 * 8 + 4;
    int constants = countAt(at);
    at += 2;
    for (; constants > 0; constants--) {
      at += 3 + size(byteAt(at + 2));
    }
    int statics = countAt(at);
    at += 2;
    for (; statics > 0; statics--) {
      int type = byteAt(at + 8);
      if (type == REFERENCE) {
        reached.add(file.get(ID, at + 9));
      }
      at += 9 + size(type);
    }
    int fields = countAt(at);
    at += 2;
    int length = 0;
    List<Integer> references = new ArrayList<>();
    for (; fields > 0; fields--) {
      int type = byteAt(at + 8);
      if (type == REFERENCE) {
        references.add(length);
      }
      length += size(type);
      at += 9;
    }
    classes.put(file.get(ID, from), new ClassRecord(above, length, List.copyOf(references)));
    return at - from;
  }

  private void follow(Consumer<MemorySegment> each) {
    while (!reached.isEmpty()) {
      // An object that was seen is not among the objects any more.
      Optional.ofNullable(objects.remove(reached.removeLast())).ifPresent(at -> see(at, each));
    }
  }

  private void see(long at, Consumer<MemorySegment> each) {
    int tag = byteAt(at);
    long body = at + 1;
    int count = file.get(INT, body + (tag == INSTANCE ? 20 : 12));
    if (tag == NUMBERS) {
      each.accept(file.asSlice(body + 17, (long) count * size(byteAt(body + 16))));
      return;
    }
    long content = body + 24;
    if (tag == INSTANCE) {
      each.accept(file.asSlice(content, count));
      long fields = content;
      for (long type = file.get(ID, body + 12); type != 0; ) {
        ClassRecord known = Optional.ofNullable(classes.get(type)).orElseThrow();
        for (int reference : known.references()) {
          reached.add(file.get(ID, fields + reference));
        }
        fields += known.length();
        type = known.above();
      }
      return;
    }
    for (long i = 0; i < count; i++) {
      reached.add(file.get(ID, content + i * 8));
    }
  }

  private int byteAt(long at) {
    return Byte.toUnsignedInt(file.get(ValueLayout.JAVA_BYTE, at));
  }

  private int countAt(long at) {
    return Short.toUnsignedInt(file.get(SHORT, at));
  }

  /** The number of bytes of a value. */
  private static int size(int type) {
    return switch (type) {
      case REFERENCE, 7, 11 -> 8;
      case 4, 8 -> 1;
      case 5, 9 -> 2;
      case 6, 10 -> 4;
      default -> throw new IllegalStateException("A type %d is unknown".formatted(type));
    };
  }
}
