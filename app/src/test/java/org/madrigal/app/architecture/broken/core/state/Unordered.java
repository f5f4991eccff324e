package org.madrigal.app.architecture.broken.core.state;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

final class Unordered {
  Map<String, String> hashed() {
    return new HashMap<>();
  }

  Map<String, String> copied(Map<String, String> map) {
    return Map.copyOf(map);
  }

  Set<String> listed() {
    return Set.of("a", "b");
  }

  Set<String> collected(Stream<String> stream) {
    return stream.collect(Collectors.toSet());
  }

  Map<Integer, List<String>> grouped(Stream<String> s) {
    return s.collect(Collectors.groupingBy(String::length));
  }

  Map<Integer, List<String>> inOrder(Stream<String> s) {
    return s.collect(Collectors.groupingBy(String::length, TreeMap::new, Collectors.toList()));
  }
}
