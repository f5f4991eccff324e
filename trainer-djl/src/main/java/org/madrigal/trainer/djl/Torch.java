package org.madrigal.trainer.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.madrigal.core.model.Shape;
import org.madrigal.trainer.TrainerException;

/**
 * PyTorch in this process. It is one library with one pool of threads, loaded once, from the jar:
 * nothing is downloaded and nothing is reported.
 */
final class Torch {

  /**
   * DJL allows one collector of gradients in a process at a time; whoever trains holds this lock.
   */
  private static final ReentrantLock COLLECTING = new ReentrantLock();

  private final Engine engine;
  private final int threads;

  private Torch(Engine engine, int threads) {
    this.engine = engine;
    this.threads = threads;
  }

  /**
   * Loads PyTorch, if it is not yet there.
   *
   * @throws TrainerException if the library cannot be loaded, or runs with another number of
   *     threads
   */
  static synchronized Torch load(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("PyTorch needs 1 thread or more, not " + threads);
    }
    String wanted = Integer.toString(threads);
    String running = System.getProperty("ai.djl.pytorch.num_threads", wanted);
    if (!running.equals(wanted)) {
      throw new TrainerException(
          "PyTorch already runs with %s threads in this process and cannot change to %d"
              .formatted(running, threads));
    }
    System.setProperty("ai.djl.pytorch.num_threads", wanted);
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    try {
      return new Torch(Engine.getEngine("PyTorch"), threads);
    } catch (EngineException | UnsatisfiedLinkError e) {
      throw new TrainerException(
          ("PyTorch cannot be loaded (%s); it needs the native library of this platform on the class"
                  + " path and a writable folder for it (set ENGINE_CACHE_DIR to choose one)")
              .formatted(e.getMessage()),
          e);
    }
  }

  /** A new scope for arrays, to be closed. */
  NDManager scope() {
    return engine.newBaseManager(Device.cpu());
  }

  /** Starts recording gradients; closing the session lets others train. */
  Recording record() throws InterruptedException {
    COLLECTING.lockInterruptibly();
    try {
      return new Recording(engine.newGradientCollector());
    } catch (RuntimeException e) {
      COLLECTING.unlock();
      throw e;
    }
  }

  /** What shapes the numbers. */
  SortedMap<String, String> versions() {
    SortedMap<String, String> versions = new TreeMap<>();
    versions.put("trainer", "djl");
    versions.put("djl", Engine.getDjlVersion());
    versions.put("pytorch", engine.getVersion());
    versions.put("platform", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    versions.put("threads", Integer.toString(threads));
    return versions;
  }

  /** DJL's form of a shape, with the batch as the first dimension. */
  static ai.djl.ndarray.types.Shape batched(long batch, Shape shape) {
    long[] sizes = new long[shape.dimensions() + 1];
    sizes[0] = batch;
    for (int i = 0; i < shape.dimensions(); i++) {
      sizes[i + 1] = shape.size(i);
    }
    return new ai.djl.ndarray.types.Shape(sizes);
  }

  /** DJL's form of a tensor's shape. */
  static ai.djl.ndarray.types.Shape shape(Shape shape) {
    return new ai.djl.ndarray.types.Shape(
        shape.sizes().stream().mapToLong(Integer::longValue).toArray());
  }

  /** The one recording of gradients of this process. */
  static final class Recording implements AutoCloseable {
    private final GradientCollector collector;

    private Recording(GradientCollector collector) {
      this.collector = collector;
    }

    /** Adds the gradients of {@code loss} to those of the arrays it hangs on. */
    void backward(ai.djl.ndarray.NDArray loss) {
      collector.backward(loss);
    }

    @Override
    public void close() {
      collector.close();
      COLLECTING.unlock();
    }
  }
}
