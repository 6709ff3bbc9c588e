package io.chancery.cli.demo;

import java.util.ArrayList;
import java.util.List;

/** One call of the web server with curl: let in, or refused and why. */
record Visit(int exit, String status, String said) {
  private static final String PAGE = "page.txt";

  /** The command of a visit. */
  static List<String> command(WebServer server, As who) {
    List<String> command =
        new ArrayList<>(List.of("curl", "-sS", "-4", "--cacert", "trust/root.pem"));
    command.addAll(who.options());
    command.addAll(List.of("-o", PAGE, "-w", "%{http_code}", server.url()));
    return command;
  }

  /** Reads what the command answered: a status, or a complaint of the TLS library. */
  static Visit of(Answer answer, Workshop workshop) {
    String text = answer.text().strip();
    String status = text.length() < 3 ? "" : text.substring(text.length() - 3);
    return answer.ok()
        ? new Visit(0, status, summary(workshop.read(PAGE)))
        : new Visit(answer.exit(), "", text.substring(0, text.length() - status.length()).strip());
  }

  boolean welcome() {
    return exit == 0 && status.equals("200");
  }

  String text() {
    return (status + " " + said).strip();
  }

  /** What the page says in a line: the title of HTML, else the text. */
  private static String summary(String page) {
    int from = page.indexOf("<title>");
    int to = page.indexOf("</title>");
    if (from >= 0 && to > from) {
      return page.substring(from + "<title>".length(), to).replaceFirst("^[45][0-9][0-9] ", "");
    }
    return page.stripLeading().startsWith("<") ? "" : page.strip();
  }
}
