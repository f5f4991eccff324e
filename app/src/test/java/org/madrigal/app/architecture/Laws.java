package org.madrigal.app.architecture;

import com.tngtech.archunit.lang.ArchRule;
import java.util.LinkedHashMap;
import java.util.Map;

/** All laws of the house, by name, in the order in which they are told. */
final class Laws {

  private Laws() {}

  static Map<String, ArchRule> of(String root) {
    Map<String, ArchRule> laws = new LinkedHashMap<>();
    laws.put("everyClassIsInARoom", RoomLaws.everyClassIsInARoom(root));
    laws.put("roomsKnowOnlyWhomTheyMay", RoomLaws.roomsKnowOnlyWhomTheyMay(root));
    laws.put("roomsUseOnlyTheirLibraries", RoomLaws.roomsUseOnlyTheirLibraries(root));
    laws.put("packagesHaveNoCycles", RoomLaws.packagesHaveNoCycles(root));
    laws.put("onlyAppSeesAdapters", RoomLaws.onlyAppSeesAdapters(root));
    laws.put("coreDoesNoInputOrOutput", PurityLaws.coreDoesNoInputOrOutput(root));
    laws.put("coreHasNoClock", PurityLaws.coreHasNoClock(root));
    laws.put("coreHasNoThreads", PurityLaws.coreHasNoThreads(root));
    laws.put("coreDrawsNothingByItself", PurityLaws.coreDrawsNothingByItself(root));
    laws.put("coreDoesNotLog", PurityLaws.coreDoesNotLog(root));
    laws.put("coreCalculatesTheSameEverywhere", PurityLaws.coreCalculatesTheSameEverywhere(root));
    laws.put("replayHasADefinedOrder", PurityLaws.replayHasADefinedOrder(root));
    laws.put("namesSayWhatAThingIs", StyleLaws.namesSayWhatAThingIs());
    laws.put("staticsAreConstants", StyleLaws.staticsAreConstants());
    laws.put("classesAreFinal", StyleLaws.classesAreFinal());
    laws.put("signaturesHaveNoFutures", StyleLaws.signaturesHaveNoFutures());
    laws.put("onlyTheEntryPointEndsTheProcess", StyleLaws.onlyTheEntryPointEndsTheProcess(root));
    return laws;
  }
}
