package org.madrigal.trainer.process;

import java.nio.ByteBuffer;

/** The types of numbers that are read, by their names in safetensors; all become singles. */
enum NumberType {
  /** IEEE 754 binary64, rounded to the nearest single. */
  F64(Double.BYTES) {
    @Override
    float next(ByteBuffer buffer) {
      return (float) buffer.getDouble();
    }
  },
  /** IEEE 754 binary32. */
  F32(Float.BYTES) {
    @Override
    float next(ByteBuffer buffer) {
      return buffer.getFloat();
    }
  },
  /** IEEE 754 binary16. */
  F16(Short.BYTES) {
    @Override
    float next(ByteBuffer buffer) {
      return Float.float16ToFloat(buffer.getShort());
    }
  },
  /** The upper half of a single. */
  BF16(Short.BYTES) {
    @Override
    float next(ByteBuffer buffer) {
      return Float.intBitsToFloat(buffer.getShort() << Short.SIZE);
    }
  };

  private final int bytes;

  NumberType(int bytes) {
    this.bytes = bytes;
  }

  /** The bytes of one number. */
  int bytes() {
    return bytes;
  }

  /** Takes one number, little-endian. */
  abstract float next(ByteBuffer buffer);

  static NumberType parse(String name) {
    for (NumberType type : values()) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    throw new Misspoken(
        "numbers are of type F32, F64, F16 or BF16, not %s; whole numbers stay in the program"
            .formatted(name));
  }
}
