package io.chancery.revocation;

import io.chancery.inventory.StatusChange;
import io.chancery.visibility.Channel;
import io.chancery.visibility.CrlChannels;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** Which CRLs this room publishes for a certificate. */
@Singleton
final class PublishedChannels implements CrlChannels {
  @Override
  public List<String> of(StatusChange change) {
    List<String> channels = new ArrayList<>(List.of(Channel.Delta.TEXT, Channel.Full.TEXT));
    change.shard().ifPresent(shard -> channels.add(Channel.Shard.text(shard)));
    return channels;
  }
}
