package org.madrigal.app.simulate;

import org.madrigal.trainer.data.Samples;

/**
 * Rows as they were read: neither filled in nor scaled.
 *
 * @param train the rows that models are trained on
 * @param test the rows that models are judged by
 */
record Rows(Samples train, Samples test) {}
