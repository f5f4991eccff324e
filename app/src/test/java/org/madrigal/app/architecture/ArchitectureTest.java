package org.madrigal.app.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The laws, held by the house. */
final class ArchitectureTest {

  private static final String ROOT = "org.madrigal";

  @TestFactory
  Stream<DynamicTest> theHouseKeeps() {
    JavaClasses house =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar"))
            .withImportOption(location -> !location.contains("/package-info.class"))
            .importPackages(ROOT);
    return Laws.of(ROOT).entrySet().stream()
        .map(law -> DynamicTest.dynamicTest(law.getKey(), () -> law.getValue().check(house)));
  }
}
