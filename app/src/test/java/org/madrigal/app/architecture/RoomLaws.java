package org.madrigal.app.architecture;

import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import java.util.function.BiConsumer;

/**
 * Who may know whom. Every law takes the root of the packages, so that it can be tried on fixtures.
 */
final class RoomLaws {

  private RoomLaws() {}

  static ArchRule everyClassIsInARoom(String root) {
    return classes()
        .should(
            new EachClass(
                "be in a room of the house",
                (type, events) -> {
                  if (Room.of(type, root).isEmpty()) {
                    events.add(
                        violated(
                            type,
                            type.getName() + " is in no room: add its package to Room.HOUSE"));
                  }
                }));
  }

  static ArchRule roomsKnowOnlyWhomTheyMay(String root) {
    return classes()
        .should(
            eachDependency(
                "know only the rooms that theirs may know",
                root,
                (room, dependency) ->
                    Room.of(dependency.getTargetClass(), root)
                        .filter(target ->
                            !target.equals(room) && !room.mayKnow().contains(target.name()))
                        .isPresent()));
  }

  static ArchRule roomsUseOnlyTheirLibraries(String root) {
    return classes()
        .should(
            eachDependency(
                "use only the libraries of their room",
                root,
                (room, dependency) -> {
                  JavaClass target = dependency.getTargetClass().getBaseComponentType();
                  return !target.isPrimitive()
                      && !Room.isWithin(target.getPackageName(), root)
                      && !room.mayUse(target.getPackageName());
                }));
  }

  static ArchRule packagesHaveNoCycles(String root) {
    return slices().matching(root + ".(**)").should().beFreeOfCycles();
  }

  /**
   * Who asks for a ledger or a trainer gets one handed in: adapters are chosen in {@code app}. The
   * rooms of one family may build on each other: the ledger over HTTP serves the one in files.
   */
  static ArchRule onlyAppSeesAdapters(String root) {
    return classes()
        .should(
            eachDependency(
                "leave the choice of an adapter to app",
                root,
                (room, dependency) -> {
                  JavaClass target = dependency.getTargetClass();
                  return isAdapter(target, root)
                      && !room.name().equals("app")
                      && Room.of(target, root)
                          .filter(owner -> owner.family().equals(room.family()))
                          .isEmpty();
                }));
  }

  private static boolean isAdapter(JavaClass type, String root) {
    return !type.isInterface()
        && (type.isAssignableTo(root + ".ledger.Ledger")
            || type.isAssignableTo(root + ".trainer.Trainer"));
  }

  private interface Offence {
    boolean in(Room room, Dependency dependency);
  }

  private static ArchCondition<JavaClass> eachDependency(
      String description, String root, Offence offence) {
    return new EachClass(
        description,
        (type, events) ->
            Room.of(type, root)
                .ifPresent(room ->
                    type.getDirectDependenciesFromSelf().stream()
                        .filter(dependency -> offence.in(room, dependency))
                        .forEach(dependency ->
                            events.add(violated(type, dependency.getDescription())))));
  }

  /** A condition that looks at one class at a time. */
  private static final class EachClass extends ArchCondition<JavaClass> {

    private final BiConsumer<JavaClass, ConditionEvents> look;

    EachClass(String description, BiConsumer<JavaClass, ConditionEvents> look) {
      super(description);
      this.look = look;
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
      look.accept(type, events);
    }
  }
}
