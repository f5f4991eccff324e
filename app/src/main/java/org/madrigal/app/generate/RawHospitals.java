package org.madrigal.app.generate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Made-up files of the form of the UCI heart disease data: 14 columns without a header, {@code ?}
 * for what is missing (the columns 10 to 12 always, other values in one row of fifty), and the list
 * that names each complete row's part.
 */
final class RawHospitals {

  private static final List<String> NAMES = List.of("cleveland", "hungarian", "switzerland", "va");
  private static final int INCOMPLETE = 50;

  private RawHospitals() {}

  static void write(Path folder, long seed) throws IOException {
    List<String> split = new ArrayList<>(List.of("center,row,set,y"));
    for (int center = 0; center < NAMES.size(); center++) {
      Hospital hospital = Hospital.FOUR.get(center);
      Patients patients = new Patients(hospital.mix(), 31 * seed + center);
      List<String> rows = new ArrayList<>();
      int kept = 0;
      while (kept < hospital.training() + hospital.test()) {
        String patient = patients.next();
        int target = patient.lastIndexOf(',');
        String values = patient.substring(0, target);
        String ill = patient.substring(target + 1);
        boolean complete = rows.size() % INCOMPLETE != INCOMPLETE - 1;
        if (complete) {
          String part = kept < hospital.training() ? "train" : "test";
          split.add("%s,%s,%s,%s".formatted(center, rows.size(), part, ill));
          kept++;
        } else {
          values = values.substring(0, values.lastIndexOf(',')) + ",?";
        }
        rows.add(values + ",?,?,?," + ill);
      }
      Generated.writeLines(folder.resolve("processed." + NAMES.get(center) + ".data"), rows);
    }
    Generated.writeLines(folder.resolve("flamby_split.csv"), split);
  }
}
