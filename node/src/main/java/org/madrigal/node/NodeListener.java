package org.madrigal.node;

/** Hears what a node does. It is called on the node's own thread and must not block. */
@FunctionalInterface
public interface NodeListener {

  /** Hears of one event. */
  void on(NodeEvent event);
}
