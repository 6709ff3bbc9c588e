package io.chancery.cli.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chancery.PkiException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** An answer of the API: its status and what it says. */
record Reply(int status, String body) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The reply, if it has the status that the story needs. */
  Reply mustBe(int wanted) {
    if (status != wanted) {
      throw unwanted(wanted);
    }
    return this;
  }

  PkiException unwanted(int wanted) {
    return Trouble.of(
        "the API answered " + status + " instead of " + wanted + ": " + detail(), remedy());
  }

  String word(String field) {
    return json().path(field).asText("");
  }

  JsonNode json() {
    try {
      return JSON.readTree(body.isBlank() ? "{}" : body);
    } catch (JsonProcessingException foreign) {
      throw Trouble.of(
          "the API answered something that is no JSON",
          "see which program listens on that port, and what its log says");
    }
  }

  Stream<JsonNode> items(String field) {
    return StreamSupport.stream(json().path(field).spliterator(), false);
  }

  /** What a problem document says (RFC 9457). */
  String detail() {
    String detail = word("detail");
    return detail.isEmpty() ? word("title") : detail;
  }

  private String remedy() {
    String remedy = word("remedy");
    return remedy.isEmpty() ? "see log/chancery.log of the data directory" : remedy;
  }
}
