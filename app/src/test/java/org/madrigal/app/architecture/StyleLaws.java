package org.madrigal.app.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNTHETIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Random;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Future;

/** How types are named and shaped, and who may end the process. */
final class StyleLaws {

  private static final String EMPTY_NAMES =
      "Record|(Abstract|Base)[A-Z]\\w*|\\w*(Impl|Manager|Helpers?|Utils?|Abstract|Base)";

  private StyleLaws() {}

  static ArchRule namesSayWhatAThingIs() {
    return classes()
        .should()
        .haveNameNotMatching("(.*[.$])?(" + EMPTY_NAMES + ")")
        .because("an implementation is named by what it is: FileLedger");
  }

  /** A lock may be static: it holds no data, and a native library is one for the whole process. */
  static ArchRule staticsAreConstants() {
    DescribedPredicate<JavaClass> mutable =
        assignableTo(ArrayList.class)
            .or(assignableTo(ArrayDeque.class))
            .or(assignableTo(HashMap.class))
            .or(assignableTo(HashSet.class))
            .or(assignableTo(ConcurrentMap.class))
            .or(assignableTo(StringBuilder.class))
            .or(assignableTo(ThreadLocal.class))
            .or(assignableTo(Random.class))
            .or(resideInAnyPackage("java.util.concurrent.atomic"));
    return fields()
        .that()
        .areStatic()
        .and()
        .doNotHaveModifier(SYNTHETIC)
        .should()
        .beFinal()
        .andShould()
        .notHaveRawType(mutable);
  }

  /**
   * A class is final, or abstract for the few that extend it by plan; exceptions may form families.
   */
  static ArchRule classesAreFinal() {
    return classes()
        .that()
        .areNotInterfaces()
        .and()
        .areNotEnums()
        .and()
        .areNotAnonymousClasses()
        .and()
        .areNotAssignableTo(Throwable.class)
        .should()
        .haveModifier(FINAL)
        .orShould()
        .haveModifier(ABSTRACT);
  }

  static ArchRule signaturesHaveNoFutures() {
    return methods()
        .that()
        .areNotPrivate()
        .should()
        .notHaveRawReturnType(assignableTo(Future.class))
        .because("edges block, on virtual threads");
  }

  static ArchRule onlyTheEntryPointEndsTheProcess(String root) {
    return noClasses()
        .that(
            not(
                describe(
                    "are the entry point",
                    (JavaClass type) -> type.getName().equals(root + ".app.Main"))))
        .should()
        .accessTargetWhere(Accesses.to(System.class, "exit"))
        .orShould()
        .accessTargetWhere(Accesses.to(Runtime.class, "exit", "halt"));
  }
}
