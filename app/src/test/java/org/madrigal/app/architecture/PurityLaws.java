package org.madrigal.app.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.or;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.madrigal.app.architecture.Accesses.making;
import static org.madrigal.app.architecture.Accesses.to;
import static org.madrigal.app.architecture.Accesses.toWithoutSupplier;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.io.Console;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.FileReader;
import java.io.FileWriter;
import java.io.RandomAccessFile;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.BaseStream;
import java.util.stream.Collectors;
import org.bouncycastle.crypto.CryptoServicesRegistrar;

/**
 * What pure means in {@code core}: time, randomness and data are arguments, and the same arguments
 * give the same result on every JVM. Every law takes the root of the packages, so that it can be
 * tried on fixtures.
 */
final class PurityLaws {

  private PurityLaws() {}

  static ArchRule coreDoesNoInputOrOutput(String root) {
    return noClassOfCore(root)
        .should()
        .dependOnClassesThat(
            anyType(
                    File.class,
                    FileDescriptor.class,
                    FileInputStream.class,
                    FileOutputStream.class,
                    FileReader.class,
                    FileWriter.class,
                    RandomAccessFile.class,
                    Console.class,
                    Process.class,
                    ProcessBuilder.class)
                .or(resideInAnyPackage("java.nio.file..", "java.nio.channels..", "java.net..")))
        .orShould()
        .accessTargetWhere(
            to(System.class, "in", "out", "err", "getenv", "getProperty", "getProperties"));
  }

  static ArchRule coreHasNoClock(String root) {
    return noClassOfCore(root)
        .should()
        .accessTargetWhere(
            or(
                to(System.class, "currentTimeMillis", "nanoTime"),
                to(Instant.class, "now"),
                to(LocalDate.class, "now"),
                to(LocalTime.class, "now"),
                to(LocalDateTime.class, "now"),
                to(OffsetDateTime.class, "now"),
                to(ZonedDateTime.class, "now")))
        .orShould()
        .dependOnClassesThat(anyType(Clock.class, InstantSource.class, Date.class));
  }

  static ArchRule coreHasNoThreads(String root) {
    return noClassOfCore(root)
        .should()
        .dependOnClassesThat(
            anyType(Thread.class, ThreadLocal.class)
                .or(resideInAnyPackage("java.util.concurrent..")))
        .orShould()
        .accessTargetWhere(
            or(to(BaseStream.class, "parallel"), to(Collection.class, "parallelStream")));
  }

  static ArchRule coreDrawsNothingByItself(String root) {
    return noClassOfCore(root)
        .should()
        .accessTargetWhere(
            or(
                to(Math.class, "random"),
                to(UUID.class, "randomUUID"),
                making(Random.class),
                making(SecureRandom.class),
                making(SplittableRandom.class),
                to(SecureRandom.class, "getInstance", "getInstanceStrong"),
                to(RandomGenerator.class, "of", "getDefault"),
                to(CryptoServicesRegistrar.class, "getSecureRandom")));
  }

  static ArchRule coreDoesNotLog(String root) {
    return noClassOfCore(root)
        .should()
        .dependOnClassesThat(
            anyType(System.Logger.class)
                .or(resideInAnyPackage("org.slf4j..", "java.util.logging..")));
  }

  /**
   * Of real functions only {@code + - * / sqrt} are the same on every JVM; for the rest there is
   * StrictMath.
   */
  static ArchRule coreCalculatesTheSameEverywhere(String root) {
    return noClassOfCore(root)
        .should()
        .accessTargetWhere(
            to(
                Math.class,
                "sin",
                "cos",
                "tan",
                "asin",
                "acos",
                "atan",
                "atan2",
                "sinh",
                "cosh",
                "tanh",
                "exp",
                "expm1",
                "log",
                "log10",
                "log1p",
                "pow",
                "cbrt",
                "hypot"));
  }

  /**
   * Hashed and unmodifiable maps and sets have no defined order; that of the latter changes with
   * every JVM.
   */
  static ArchRule replayHasADefinedOrder(String root) {
    return noClasses()
        .that()
        .resideInAnyPackage(
            root + ".core.state..",
            root + ".core.duty..",
            root + ".core.member..",
            root + ".core.secagg..")
        .should()
        .accessTargetWhere(
            or(
                making(HashMap.class),
                making(HashSet.class),
                making(IdentityHashMap.class),
                to(Map.class, "of", "ofEntries", "copyOf"),
                to(Set.class, "of", "copyOf"),
                toWithoutSupplier(
                    Collectors.class,
                    "toSet",
                    "toMap",
                    "toUnmodifiableSet",
                    "toUnmodifiableMap",
                    "groupingBy",
                    "partitioningBy")));
  }

  private static GivenClassesConjunction noClassOfCore(String root) {
    return noClasses().that().resideInAPackage(root + ".core..");
  }

  private static DescribedPredicate<JavaClass> anyType(Class<?>... types) {
    DescribedPredicate<JavaClass> any = DescribedPredicate.alwaysFalse();
    for (Class<?> each : types) {
      any = any.or(assignableTo(each));
    }
    return any;
  }
}
