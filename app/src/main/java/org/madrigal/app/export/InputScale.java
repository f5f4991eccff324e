package org.madrigal.app.export;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;
import org.madrigal.core.model.DataSpec;
import org.madrigal.core.model.Feature;
import org.madrigal.core.model.Standardisation;

/**
 * The scale of a model's inputs as text for the metadata of its file.
 *
 * <pre>
 * [{"input": "age", "mean": 54.4, "deviation": 9.1}, {"input": "sex=male", ...}, ...]
 * </pre>
 *
 * <p>In the order of the inputs; the shortest decimals that are the same doubles.
 */
public final class InputScale {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private InputScale() {}

  /**
   * The text.
   *
   * @throws IllegalArgumentException if the table has another number of inputs
   */
  public static String text(DataSpec.Table table, Standardisation scale) {
    List<String> names = names(table);
    if (names.size() != scale.inputs().size()) {
      throw new IllegalArgumentException(
          "A scale of %d inputs does not fit a table of %d"
              .formatted(scale.inputs().size(), names.size()));
    }
    ArrayNode inputs = MAPPER.createArrayNode();
    for (int i = 0; i < names.size(); i++) {
      Standardisation.Input input = scale.inputs().get(i);
      inputs
          .addObject()
          .put("input", names.get(i))
          .put("mean", input.mean())
          .put("deviation", input.deviation());
    }
    return inputs.toString();
  }

  private static List<String> names(DataSpec.Table table) {
    List<String> names = new ArrayList<>();
    for (Feature feature : table.features()) {
      switch (feature) {
        case Feature.Numeric numeric -> names.add(numeric.column());
        case Feature.OneHot oneHot ->
            oneHot
                .levels()
                .subList(oneHot.levels().size() - oneHot.width(), oneHot.levels().size())
                .forEach(level -> names.add(oneHot.column() + "=" + level));
      }
    }
    return names;
  }
}
