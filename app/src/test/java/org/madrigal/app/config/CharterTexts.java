package org.madrigal.app.config;

/** Charter files for tests. */
public final class CharterTexts {

  /** Four hospitals without keys and a logistic regression on two inputs. */
  public static final String HOSPITALS =
      """
      madrigal: 1
      name: Four hospitals
      salt: 3f0c9a1b2d4e5f60718293a4b5c6d7e8
      members:
        cleveland: {weight: 199}
        hungary: {weight: 172}
        switzerland: {weight: 30}
        va: {weight: 85}
      data:
        table:
          features:
            - age
            - {column: sex, levels: [male, female], drop-first: true}
          target: {above: {column: num, threshold: 0}}
          missing: {tokens: ["?"], policy: drop-row}
          normalisation: member
      model:
        input: [2]
        layers:
          - linear: {out: 1}
        initial: {seed: 42}
      training:
        rounds: 15
        local:
          steps: 100
          batch: 4
          loss: binary-cross-entropy
          optimiser: {sgd: {rate: 0.003162}}
        strategy: {fed-yogi: {rate: 0.01, tau: 1e-8}}
      privacy: none
      deadlines: {enrolment: 1h, round: 10m}
      minimum: 3
      """;

  /** A convolutional network on images, with everything that the other one leaves out. */
  public static final String IMAGES =
      """
      madrigal: 1
      name: "Digits: a \\"test\\""
      salt: 00112233445566778899aabbccddeeff
      members: {a: {}, b: {}}
      data: {images: {shape: [1, 28, 28], classes: 10}}
      model:
        input: [1, 28, 28]
        layers:
          - conv2d: {out: 4, kernel: 5, stride: 2, padding: 1}
          - relu
          - max-pool2d: {kernel: 2}
          - avg-pool2d: {kernel: 2, stride: 1}
          - flatten
          - dropout: {probability: 0.25}
          - linear: {out: 16, bias: false}
          - tanh
          - linear: {out: 10}
        initial: {sha256: 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff}
      training:
        rounds: 2
        local:
          epochs: 1
          batch: 10
          loss: cross-entropy
          optimiser: {adam: {rate: 0.001}}
          seed: 7
          class-weights: [1, 1, 1, 1, 1, 1, 1, 1, 1, 2.5]
        strategy: fed-avg
        fraction: 0.5
      metrics: [accuracy, confusion]
      privacy: none
      weights: equal
      deadlines: {enrolment: 1d12h, round: 1500ms}
      minimum: 1
      votes: 1
      bound: 16
      """;

  private CharterTexts() {}
}
