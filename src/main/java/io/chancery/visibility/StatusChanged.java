package io.chancery.visibility;

import io.chancery.inventory.StatusChange;
import java.util.List;

/**
 * Fired on every replica soon after changes of status have committed, on the feed's own thread:
 * observers are quick, do not throw, and may be told the same change more than once.
 */
public record StatusChanged(List<StatusChange> changes) {}
