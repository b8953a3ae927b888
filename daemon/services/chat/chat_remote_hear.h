/* chat_remote_hear.h — what other hosts say → the hub. Pure. */
#ifndef NETLAB_SERVICES_CHAT_CHAT_REMOTE_HEAR_H
#define NETLAB_SERVICES_CHAT_CHAT_REMOTE_HEAR_H

#include "services/chat/chat_remote.h"

/* A message has come, at the monotonic time NOW_MS: whatever it is. */
void chat_remote_hear(struct chat_remote *remote,
    const struct chat_remote_message *message, uint64_t now_ms);

#endif
