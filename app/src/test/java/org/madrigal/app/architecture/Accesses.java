package org.madrigal.app.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaConstructor;
import java.security.SecureRandomSpi;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Predicates on what code calls or makes, for laws that forbid it. */
final class Accesses {

  private Accesses() {}

  /** A call, or a use as a method reference or field, of a member of the type or of a subtype. */
  static DescribedPredicate<JavaAccess<?>> to(Class<?> type, String... names) {
    Set<String> wanted = Set.of(names);
    return DescribedPredicate.describe(
        type.getSimpleName() + "." + List.of(names),
        access ->
            access.getTargetOwner().isAssignableTo(type) && wanted.contains(access.getName()));
  }

  /**
   * A constructor of exactly this type, for a random generator other than the one to which a
   * subclass hands a source of its own.
   */
  static DescribedPredicate<JavaAccess<?>> making(Class<?> type) {
    return DescribedPredicate.describe(
        "new " + type.getSimpleName(),
        access ->
            access.getTargetOwner().isEquivalentTo(type)
                && access.getName().equals(JavaConstructor.CONSTRUCTOR_NAME)
                && !takes(access, SecureRandomSpi.class));
  }

  /** As {@link #to}, but only of the overloads that do not take a supplier of what they fill. */
  static DescribedPredicate<JavaAccess<?>> toWithoutSupplier(Class<?> type, String... names) {
    return DescribedPredicate.describe(
        type.getSimpleName() + "." + List.of(names) + " without a supplier",
        access -> to(type, names).test(access) && !takes(access, Supplier.class));
  }

  private static boolean takes(JavaAccess<?> access, Class<?> argument) {
    return access.getTarget() instanceof CodeUnitAccessTarget target
        && target.getRawParameterTypes().stream()
            .anyMatch(parameter -> parameter.isEquivalentTo(argument));
  }
}
