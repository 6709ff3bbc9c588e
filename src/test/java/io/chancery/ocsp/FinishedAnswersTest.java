package io.chancery.ocsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Who stays where two answers have one place. */
class FinishedAnswersTest {
  private final FinishedAnswers finished = new FinishedAnswers(1);

  @Test
  void whatIsAskedForStaysBesideWhatPassesByOnce() {
    Finished often = answer("often");
    finished.put("/ocsp/often", often);
    for (int i = 0; i < 100; i++) {
      assertThat(finished.find("/ocsp/often")).containsSame(often);
      finished.put("/ocsp/" + i, answer("once"));
      assertThat(finished.find("/ocsp/" + i)).isEmpty();
    }
  }

  @Test
  void whatIsAskedForNoMoreGivesWayBeforeLong() {
    finished.put("/ocsp/past", answer("past"));
    for (int i = 0; i < 1_000; i++) {
      finished.find("/ocsp/past");
    }
    Finished now = answer("now");
    int asked = 0;
    while (asked < 100 && finished.find("/ocsp/now").isEmpty()) {
      finished.put("/ocsp/now", now);
      asked++;
    }
    assertThat(asked).isBetween(2, 20);
    assertThat(finished.find("/ocsp/now")).containsSame(now);
    assertThat(finished.find("/ocsp/past")).isEmpty();
  }

  @Test
  void aNewAnswerToTheSameRequestTakesTheOldOnesPlace() {
    byte[] octets = "request".getBytes(StandardCharsets.US_ASCII);
    Finished second = answer("second");
    finished.put(octets, answer("first"));
    finished.put(octets.clone(), second);
    assertThat(finished.find(octets)).containsSame(second);

    FinishedAnswers byPath = new FinishedAnswers(1);
    byPath.put("/ocsp/one", answer("first"));
    byPath.put("/ocsp/one", second);
    assertThat(byPath.find("/ocsp/one")).containsSame(second);
  }

  private static Finished answer(String text) {
    byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
    return Finished.once(new Answer(octets, Answer.Keeping.SHARED, 0, 0));
  }
}
