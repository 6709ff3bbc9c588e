package io.chancery.enrolment;

import io.chancery.x509.Csr;
import io.chancery.x509.Der;
import io.chancery.x509.TbsText;
import java.util.ArrayList;
import java.util.List;

/** What the certificate says otherwise than the request did. */
final class Differences {
  private Differences() {}

  static List<String> between(Csr csr, Der tbs) {
    List<String> differences = new ArrayList<>();
    TbsText.Parts parts = TbsText.parts(tbs);
    if (!parts.subject().equals(csr.subject().text())) {
      differences.add(
          "subject: asked " + quoted(csr.subject().text()) + ", given " + quoted(parts.subject()));
    }
    for (var name : csr.names()) {
      if (!parts.names().contains(name)) {
        differences.add("name " + name.text() + ": asked, not given");
      }
    }
    for (var name : parts.names()) {
      if (!csr.names().contains(name)) {
        differences.add("name " + name.text() + ": not asked, given");
      }
    }
    for (var extension : csr.requested()) {
      parts
          .differenceTo(extension)
          .ifPresent(text -> differences.add("extension " + extension.oid() + ": " + text));
    }
    return differences;
  }

  private static String quoted(String text) {
    return text.isEmpty() ? "none" : text;
  }
}
