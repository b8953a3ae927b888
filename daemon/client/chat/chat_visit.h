/* chat_visit.h — the chat of a server, netlabd's. */
#ifndef NETLAB_CLIENT_CHAT_VISIT_H
#define NETLAB_CLIENT_CHAT_VISIT_H

#include "client/chat/chat_self.h"
#include "client/options.h"

enum { CHAT_VISIT_PORT = 31621 };

/* Talks at PLACE (HOST[:PORT]), as OPTIONS have it, until the user or the
 * server ends it. Returns an enum verb_exit: VERB_GOOD when the user has left,
 * VERB_NEGATIVE when the server has thrown the user out, VERB_NO_REPLY when it
 * has gone. */
int chat_visit_run(const struct options *options, const char *place,
    const struct chat_self *self) __attribute__((warn_unused_result));

#endif
