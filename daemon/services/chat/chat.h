/* chat.h — the door of the chat room. */
#ifndef NETLAB_SERVICES_CHAT_H
#define NETLAB_SERVICES_CHAT_H

#include "service.h"

extern const struct service chat_service;

#endif
