package io.chancery;

import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;

/** RFC 8785 for what is hashed and signed here: objects and texts. */
public final class CanonicalJson {
  private CanonicalJson() {}

  public static String of(Map<String, ?> members) {
    StringBuilder out = new StringBuilder();
    write(out, members);
    return out.toString();
  }

  private static void write(StringBuilder out, Object value) {
    switch (value) {
      case String text -> quote(out, text);
      // RFC 8785 s3.2.3: members sorted by UTF-16 code units, as String.compareTo does.
      case SortedMap<?, ?> object -> writeObject(out, object);
      default ->
          throw new IllegalArgumentException("only texts are signed, not " + value.getClass());
    }
  }

  private static void writeObject(StringBuilder out, SortedMap<?, ?> object) {
    out.append('{');
    Iterator<? extends Map.Entry<?, ?>> members = object.entrySet().iterator();
    while (members.hasNext()) {
      Map.Entry<?, ?> member = members.next();
      quote(out, (String) member.getKey());
      out.append(':');
      write(out, member.getValue());
      out.append(members.hasNext() ? "," : "");
    }
    out.append('}');
  }

  /** RFC 8785 s3.2.2.2: the short escapes, lower-case hex for other controls, nothing else. */
  private static void quote(StringBuilder out, String text) {
    out.append('"');
    int plain = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x20 && c != '"' && c != '\\') {
        continue;
      }
      out.append(text, plain, i);
      plain = i + 1;
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> out.append(String.format("\\u%04x", (int) c));
      }
    }
    out.append(plain == 0 ? text : text.substring(plain)).append('"');
  }
}
