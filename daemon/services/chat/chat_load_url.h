/* chat_load_url.h — "mqtt://host:port" taken apart. Loader process only. */
#ifndef NETLAB_SERVICES_CHAT_CHAT_LOAD_URL_H
#define NETLAB_SERVICES_CHAT_CHAT_LOAD_URL_H

#include "services/chat/chat_broker.h"

/* Reads TEXT, "mqtt://HOST[:PORT]" or "mqtts://HOST[:PORT]", an IPv6 address in
 * brackets, into host, port, is_tls and is_address of BROKER. NULL, or what is
 * wrong with it, a static string. */
const char *chat_load_url(const char *text, struct chat_broker *broker);

#endif
