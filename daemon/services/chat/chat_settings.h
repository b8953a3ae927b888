/* chat_settings.h — what the lab's section says for the chat: the room's part
 * of the image. Written by chat_load*.c. */
#ifndef NETLAB_SERVICES_CHAT_SETTINGS_H
#define NETLAB_SERVICES_CHAT_SETTINGS_H

#include "services/chat/chat_broker.h"
#include "services/chat/chat_flood.h"

#include <stdint.h>

enum {
	CHAT_SETTINGS_NAME_MAX = 96, /* 24 code points */
};

struct chat_settings {
	uint8_t name[CHAT_SETTINGS_NAME_MAX]; /* what the server is called */
	uint32_t name_len;
	uint32_t history; /* lines that who comes into a room is shown; 0: none
	                   */
	struct chat_flood_rate flood; /* how fast a person may talk */
	uint32_t rooms;       /* at most so many at once, #lobby included */
	uint32_t udp_peers;   /* people that talk by datagrams, at most */
	uint32_t udp_idle_ms; /* … and are out after so long a silence */
	struct chat_broker broker; /* of rooms that span hosts */
};

#endif
