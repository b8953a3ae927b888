/* chat_sys_mqtt_hooks.h — what libmosquitto calls; for chat_sys_mqtt.c alone.
 * CHAT WORKER only. */
#ifndef NETLAB_SERVICES_CHAT_CHAT_SYS_MQTT_HOOKS_H
#define NETLAB_SERVICES_CHAT_CHAT_SYS_MQTT_HOOKS_H

#include "services/chat/chat_sys_mqtt.h"

#include <mosquitto.h>

/* The name of our user property. */
#define CHAT_SYS_MQTT_PROPERTY "netlabd"

struct chat_sys_mqtt {
	struct mosquitto *client;
	const struct chat_broker *broker;
	struct chat_sys_mqtt_calls calls;
	struct chat_sys_tls *tls;
	unsigned underway; /* messages that are not confirmed */
	unsigned received; /* in this turn */
	int reason;        /* of the broker's DISCONNECT, or its CONNACK */
	int filters_mid;   /* of our SUBSCRIBE */
	bool is_ready, is_refused, is_denied;
};

/* Has CLIENT, whose user data is a struct chat_sys_mqtt, call all of them. */
void chat_sys_mqtt_hooks_set(struct mosquitto *client);

#endif
