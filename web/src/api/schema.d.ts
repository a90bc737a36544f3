export interface paths {
    "/api/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the API keys */
        get: operations["list-api-keys"];
        put?: never;
        /** Make an API key */
        post: operations["create-api-key"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke an API key */
        delete: operations["revoke-api-key"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List who changed what */
        get: operations["list-audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Log in */
        post: operations["login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End the session */
        post: operations["logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tell who is logged in */
        get: operations["me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change your own password */
        patch: operations["change-me"];
        trace?: never;
    };
    "/api/auth/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List your own sessions */
        get: operations["list-sessions"];
        put?: never;
        post?: never;
        /** End all your sessions but this one */
        delete: operations["delete-sessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End one of your sessions */
        delete: operations["delete-session"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tell whether the first administrator is still to be made */
        get: operations["get-setup"];
        put?: never;
        /** Make the first administrator and log in */
        post: operations["setup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/channel-types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the channel types with the JSON Schemas of their configs */
        get: operations["list-channel-types"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the channels by key */
        get: operations["list-channels"];
        put?: never;
        /** Create a channel */
        post: operations["create-channel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/channels/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a channel, its secrets masked */
        get: operations["get-channel"];
        /** Create or replace a channel; secrets given as •••• stay as they are */
        put: operations["put-channel"];
        post?: never;
        /** Delete a channel */
        delete: operations["delete-channel"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/channels/{key}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a message through a channel and see what the provider answers */
        post: operations["test-channel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/collections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the collections by name */
        get: operations["list-collections"];
        put?: never;
        /** Create a collection */
        post: operations["create-collection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/collections/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a collection's schema */
        get: operations["get-collection"];
        /** Create a collection or change its schema */
        put: operations["put-collection"];
        post?: never;
        /** Delete a collection with its records */
        delete: operations["delete-collection"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/collections/{name}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Export records to a file, the oldest first */
        get: operations["export-records"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/collections/{name}/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Import records from a file; with dryRun only check it */
        post: operations["import-records"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/collections/{name}/records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List records */
        get: operations["list-records"];
        put?: never;
        /** Create a record, or a list of them */
        post: operations["create-record"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/collections/{name}/records/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a record */
        get: operations["get-record"];
        /** Replace a record */
        put: operations["replace-record"];
        post?: never;
        /** Delete a record */
        delete: operations["delete-record"];
        options?: never;
        head?: never;
        /** Change some fields of a record */
        patch: operations["change-record"];
        trace?: never;
    };
    "/api/collections/{name}/records/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List who wrote a record and what changed, also after its deletion */
        get: operations["get-record-history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the requests received */
        get: operations["list-deliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/deliveries/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Follow the requests as they come: server-sent events, resumed with Last-Event-ID */
        get: operations["stream-deliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/deliveries/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a request with its answer; credentials are shown to administrators only */
        get: operations["get-delivery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/deliveries/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Run a stored request again; 202 when it does, 200 when it was rejected again */
        post: operations["replay-delivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/deliveries/{id}/snippet": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a stored request as a program that sends it again */
        get: operations["get-delivery-snippet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/documents/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Read documents of a file and tell what is wrong with them; nothing is saved */
        post: operations["check-documents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/env": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the variables by name */
        get: operations["list-env"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/env/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a variable; a secret's value is null */
        get: operations["get-env"];
        /** Set a variable */
        put: operations["put-env"];
        post?: never;
        /** Delete a variable */
        delete: operations["delete-env"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/executions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the executions */
        get: operations["list-executions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/executions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an execution with its steps */
        get: operations["get-execution"];
        put?: never;
        post?: never;
        /** Delete an execution that has ended */
        delete: operations["delete-execution"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/executions/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancel an execution */
        post: operations["cancel-execution"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/executions/{id}/context": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the $context that an execution was started with; 409 when its request has been deleted */
        get: operations["get-execution-context"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/executions/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Run an execution again from a node */
        post: operations["retry-execution"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/executions/{id}/steps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the steps of an execution in the order in which they ended */
        get: operations["list-steps"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/executions/{id}/workflow": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the workflow as the execution ran it, also a draft or one that was deleted since */
        get: operations["get-execution-workflow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the uploaded files */
        get: operations["list-files"];
        put?: never;
        /** Upload a file, as the body with its Content-Type; at most 16 MiB */
        post: operations["upload-file"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/files/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download a file: an upload, a record's, or one of a request */
        get: operations["download-file"];
        put?: never;
        post?: never;
        /** Give up an upload; records that hold the file keep it */
        delete: operations["delete-file"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the imports */
        get: operations["list-imports"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read how far an import has come */
        get: operations["get-import"];
        put?: never;
        post?: never;
        /** Abort an import; the records that it wrote stay */
        delete: operations["abort-import"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ip-sets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the named sets of addresses */
        get: operations["list-ip-sets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ip-sets/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a set of addresses */
        get: operations["get-ip-set"];
        /** Fill a set of addresses, as JSON or as a text file of one range a line */
        put: operations["put-ip-set"];
        post?: never;
        /** Delete a set of addresses */
        delete: operations["delete-ip-set"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ip-test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** See which address is chosen of a request's headers, and what a workflow's lists say to it */
        post: operations["test-ip"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/node-types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the node types: texts, branches, JSON Schemas of configs and results, examples */
        get: operations["list-node-types"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/probe/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tell a server that checks its public URL that it has found itself */
        get: operations["probe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/replays": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the replays of many requests */
        get: operations["list-replays"];
        put?: never;
        /** Run all stored requests again that a filter finds; with dryRun only count them */
        post: operations["start-replay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/replays/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read how far a replay has come */
        get: operations["get-replay"];
        put?: never;
        post?: never;
        /** Abort a replay; what it has started goes on */
        delete: operations["abort-replay"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/scripts/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Run a script in the sandbox, outside any workflow; what it fetches is really sent */
        post: operations["test-script"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Find workflows, nodes and collections by words, and a delivery or execution by its id */
        get: operations["search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the settings of the process that answers, secrets masked */
        get: operations["list-settings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/settings/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Check whether the public URL leads to this server, and whether proxies forward what they should */
        post: operations["check-settings"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/settings/public": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read what everybody may know of the settings */
        get: operations["get-public-settings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Count what goes on and what went wrong */
        get: operations["get-stats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/stats/failing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the workflows with the most failed executions */
        get: operations["get-stats-failing"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/stats/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tell how the server does: what waits, its database and its version */
        get: operations["get-stats-health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/stats/series": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Count the requests and failures of a time, and how long executions took, in steps */
        get: operations["get-stats-series"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the workflows that a new one can begin as, with what is to be asked for each */
        get: operations["list-templates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/trigger-types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the triggers with the JSON Schemas of their configs */
        get: operations["list-trigger-types"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the users */
        get: operations["list-users"];
        put?: never;
        /** Add a user */
        post: operations["create-user"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a user */
        get: operations["get-user"];
        put?: never;
        post?: never;
        /** Delete a user */
        delete: operations["delete-user"];
        options?: never;
        head?: never;
        /** Change a user's password or role */
        patch: operations["change-user"];
        trace?: never;
    };
    "/api/users/{id}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End all sessions of a user */
        delete: operations["delete-user-sessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/verification-schemes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the verification schemes with the JSON Schemas of their configs */
        get: operations["list-verification-schemes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the workflows, with their figures when stats is true */
        get: operations["list-workflows"];
        put?: never;
        /** Create a workflow */
        post: operations["create-workflow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a workflow as it is published */
        get: operations["get-workflow"];
        /** Create or replace a workflow: publish it as a new revision, or with draft=true replace its draft */
        put: operations["put-workflow"];
        post?: never;
        /** Delete a workflow; its executions and deliveries stay */
        delete: operations["delete-workflow"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows/{key}/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Compare two revisions, node by node */
        get: operations["diff-workflow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows/{key}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Disable a workflow */
        post: operations["disable-workflow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows/{key}/draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the draft, or what is published when there is none */
        get: operations["get-draft"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows/{key}/duplicate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a disabled copy of a workflow */
        post: operations["duplicate-workflow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows/{key}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Enable a workflow */
        post: operations["enable-workflow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows/{key}/endpoint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the live URL and the test URL of a workflow: what answers there, and what keeps requests from passing */
        get: operations["get-endpoint"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows/{key}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a workflow as a file that hookflow apply takes */
        get: operations["export-workflow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows/{key}/listen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Wait for the next request, also while the workflow is disabled or a draft, and keep it as the sample. Server-sent events: sample, which ends it; delivery, for a request that makes none; timeout */
        get: operations["listen-workflow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows/{key}/open-test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have the test URL answer for an hour */
        post: operations["open-test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows/{key}/path-check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Ask whether another enabled workflow has a path */
        get: operations["check-path"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows/{key}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Publish the draft */
        post: operations["publish-workflow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows/{key}/revisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what was published */
        get: operations["list-revisions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows/{key}/revisions/{n}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a revision */
        get: operations["get-revision"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows/{key}/revisions/{n}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Publish a revision's document again */
        post: operations["restore-revision"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows/{key}/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Run a workflow now and wait for its end; 202 when it takes longer */
        post: operations["run-workflow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows/{key}/sample": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read what the workflow is tried with; 404 when there is nothing yet */
        get: operations["get-sample"];
        /** Take a request, an execution or a $context as the sample */
        put: operations["put-sample"];
        post?: never;
        /** Delete the sample */
        delete: operations["delete-sample"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows/{key}/snippet": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Write a request to the workflow's webhook as a program that signs it */
        post: operations["write-snippet"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows/{key}/test-request": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a request to the workflow's webhook, signed as the provider would */
        post: operations["send-test-request"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows/{key}/verification-check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Verify a stored request by the draft, or by settings that are not saved */
        post: operations["check-verification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        APIKey: {
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string | null;
            id: string;
            /** Format: date-time */
            lastUsedAt: string | null;
            name: string;
            /** Format: date-time */
            revokedAt: string | null;
            role: string;
        };
        Actor: {
            id: string;
            /** @description E-mail address of a user, name of a key */
            name: string;
            /** @enum {string} */
            type: "user" | "api_key" | "system";
        };
        AuditEntry: {
            /** @description create, update, delete … */
            action: string;
            actor: components["schemas"]["AuditEntryActorStruct"];
            after: unknown;
            /** Format: date-time */
            at: string;
            /** @description What it was; null when there is nothing to show */
            before: unknown;
            id: string;
            ip: string;
            object: components["schemas"]["AuditEntryObjectStruct"];
        };
        AuditEntryActorStruct: {
            id: string;
            name: string;
            /** @enum {string} */
            type: "user" | "api_key" | "system" | "nobody";
        };
        AuditEntryObjectStruct: {
            /** @description Key, name or id */
            id: string;
            /** @description workflow, collection, record, env, user, api_key … */
            kind: string;
        };
        Bilingual: {
            en: string;
            zh: string;
        };
        ChangeItem: {
            /** @description What stands there; of a node without those under it */
            after?: unknown;
            /** @description What stood there; for what was moved, its former pointer */
            before?: unknown;
            /** @enum {string} */
            kind: "added" | "removed" | "moved" | "changed";
            /** @description Key of the node that it is about; null for the rest of the document */
            node: string | null;
            /** @description JSON pointer into the newer document; for what was removed, into the older one */
            pointer: string;
        };
        ChannelAnswerBody: {
            /** @description What the provider answered */
            body: unknown;
            /** Format: double */
            durationMs: number;
            /** @description null when the message was taken */
            error: string | null;
            /** @description The provider has taken the message */
            ok: boolean;
            /**
             * Format: int64
             * @description HTTP status, or SMTP reply code, of the provider; 0 when it did not answer
             */
            status: number;
        };
        ChannelView: {
            /** @description Secrets are shown as •••• */
            config: unknown;
            /** Format: date-time */
            createdAt: string;
            key: string;
            kind: string;
            title: string;
            type: string;
            /** Format: date-time */
            updatedAt: string;
        };
        Check: {
            check: string;
            code?: string;
            detail?: string;
            ok: boolean;
            remedy?: string;
        };
        Checked: {
            /** @description Why it cannot be verified again; the reports are then those of its arrival */
            note: components["schemas"]["Text"];
            /** @description The same as if it came now: past its time window it is refused */
            now: components["schemas"]["Report"];
            /** @description Whether it passes, as of the time when it came */
            ok: boolean;
            /** @description Check by check, as of the time when it came */
            report: components["schemas"]["Report"];
        };
        CheckedDocument: {
            /** @description As JSON */
            document: unknown;
            /** @description Whether there is one of that name already */
            exists: boolean;
            /** @enum {string} */
            kind: "Workflow" | "Collection" | "Channel" | "Test";
            /** @description Key of a workflow or channel, name of a collection; empty for a test */
            name: string;
            /** @description What keeps it from being saved, or a workflow from being published */
            problems: components["schemas"]["Problem"][];
            title: string;
        };
        CheckedDocumentsBody: {
            /** @description Of parts that are no documents, with their lines */
            errors: string[];
            items: components["schemas"]["CheckedDocument"][];
        };
        CollectionView: {
            /** Format: date-time */
            createdAt?: string;
            /** @description Columns */
            fields: components["schemas"]["Field"][] | null;
            /**
             * @description Always Collection
             * @default Collection
             * @enum {string}
             */
            kind: "Collection";
            /** @description Unique name: a letter, then letters, digits and _, at most 63 */
            name: string;
            /** @description What the change would do; of a dry run only */
            preview?: components["schemas"]["SchemaChange"];
            /** @description Former name: the collection that still has it is renamed */
            previousName?: string;
            /** @description Name shown to people */
            title?: string;
            /** Format: date-time */
            updatedAt?: string;
        };
        Conflict: {
            /** @description The first that both take */
            method: string;
            /** @description Its own path */
            pattern: string;
            title: string;
            /** @description Key */
            workflow: string;
        };
        CountsBody: {
            /** @description Requests that were not accepted, by outcome */
            deliveries: {
                [key: string]: number;
            };
            /** @description Executions that go on or did not succeed, by status */
            executions: {
                [key: string]: number;
            };
            /** @description What was deleted because of its age; null before the first sweep */
            retention: components["schemas"]["Tally"];
            /** Format: int64 */
            workflows: number;
        };
        Delivery: {
            /** @description What was answered; null for a plain acknowledgement that status tells whole */
            answer: components["schemas"]["ShownResponse"];
            /**
             * Format: int64
             * @description Bytes, after content decoding
             */
            bodySize: number;
            /** @description Why, in words */
            detail: string;
            execution: string | null;
            id: string;
            ip: string;
            method: string;
            /** @enum {string} */
            outcome: "accepted" | "rejected" | "duplicate" | "filtered" | "handshake";
            /** @description Below /api/webhooks/ */
            path: string;
            /** @description Code; empty when accepted */
            reason: string;
            /** Format: date-time */
            receivedAt: string;
            replayOf: string | null;
            request: components["schemas"]["ShownRequest"];
            /**
             * Format: int64
             * @description HTTP status answered
             */
            status: number;
            /** @description Whether it came to the test URL, which answers with the draft */
            test: boolean;
            url: string;
            /** @description What the verification saw */
            verification: components["schemas"]["Report"];
            /** @description Key; null when no workflow has the path */
            workflow: string | null;
        };
        DeliveryItem: {
            /**
             * Format: int64
             * @description Bytes, after content decoding
             */
            bodySize: number;
            /** @description Why, in words */
            detail: string;
            execution: string | null;
            id: string;
            ip: string;
            method: string;
            /** @enum {string} */
            outcome: "accepted" | "rejected" | "duplicate" | "filtered" | "handshake";
            /** @description Below /api/webhooks/ */
            path: string;
            /** @description Code; empty when accepted */
            reason: string;
            /** Format: date-time */
            receivedAt: string;
            replayOf: string | null;
            /**
             * Format: int64
             * @description HTTP status answered
             */
            status: number;
            /** @description Whether it came to the test URL, which answers with the draft */
            test: boolean;
            url: string;
            /** @description What the verification saw */
            verification: components["schemas"]["Report"];
            /** @description Key; null when no workflow has the path */
            workflow: string | null;
        };
        DeliveryList: {
            items: components["schemas"]["DeliveryItem"][];
            /** @description Of the next page; null on the last one */
            nextCursor: string | null;
            /**
             * Format: int64
             * @description How many were read, when q, header or body is looked for: the page may then have fewer items than there are, and its cursor goes on
             */
            scanned?: number;
            /**
             * Format: date-time
             * @description How far back they were read; left out when that is all
             */
            searchedTo?: string;
            /**
             * Format: int64
             * @description How many there are in all, with count=true; left out when too much would have to be read for it
             */
            total?: number;
        };
        Endpoint: {
            /** @description Whether a test request can be signed here */
            canSign: boolean;
            live: components["schemas"]["Side"];
            /** @description That the draft takes, or else what is published */
            methods: string[];
            /** @description What keeps requests from passing */
            problems: components["schemas"]["Issue"][];
            /** @description Whether there are no problems */
            ready: boolean;
            /** @description Key of its verification */
            scheme: string;
            test: components["schemas"]["Side"];
            /** @description Why it cannot */
            whyNot: components["schemas"]["Text"];
        };
        Execution: {
            /** Format: date-time */
            createdAt: string;
            /** @description The request that started it */
            delivery: string | null;
            /** @description Why it did not succeed */
            error: string;
            /** Format: date-time */
            finishedAt: string | null;
            id: string;
            /** @description $context of a run without a delivery */
            input: unknown;
            output: unknown;
            /** @description The execution that waits for this one */
            parent: string | null;
            /** @description What a response node answered */
            response: components["schemas"]["ShownResponse"];
            retryOf: string | null;
            /**
             * Format: int64
             * @description Number; 0 for a draft
             */
            revision: number;
            /** Format: date-time */
            startedAt: string | null;
            /** @enum {string} */
            startedBy: "webhook" | "manual" | "retry" | "replay" | "call" | "error";
            /** @enum {string} */
            status: "queued" | "running" | "waiting" | "succeeded" | "failed" | "error" | "aborted" | "cancelled" | "rejected";
            steps: components["schemas"]["Step"][];
            /** @description Key */
            workflow: string;
        };
        ExecutionItem: {
            /** Format: date-time */
            createdAt: string;
            /** @description The request that started it */
            delivery: string | null;
            /** @description Why it did not succeed */
            error: string;
            /** Format: date-time */
            finishedAt: string | null;
            id: string;
            /** @description The execution that waits for this one */
            parent: string | null;
            retryOf: string | null;
            /**
             * Format: int64
             * @description Number; 0 for a draft
             */
            revision: number;
            /** Format: date-time */
            startedAt: string | null;
            /** @enum {string} */
            startedBy: "webhook" | "manual" | "retry" | "replay" | "call" | "error";
            /** @enum {string} */
            status: "queued" | "running" | "waiting" | "succeeded" | "failed" | "error" | "aborted" | "cancelled" | "rejected";
            /** @description Key */
            workflow: string;
        };
        FailingBody: {
            /** Format: date-time */
            from: string;
            items: components["schemas"]["FailingWorkflow"][];
        };
        FailingWorkflow: {
            /**
             * Format: int64
             * @description Executions that failed, broke or were aborted
             */
            failed: number;
            /** @description The newest that failed */
            lastExecution: string;
            /** Format: date-time */
            lastFailedAt: string;
            title: string;
            /**
             * Format: int64
             * @description Executions
             */
            total: number;
            /** @description Key */
            workflow: string;
        };
        Field: {
            /** @description Value of a new record that names none */
            default?: unknown;
            /** @description Given by the server; sent back with another name, the field is renamed */
            id?: string;
            /** @description Filters and sorting by it are fast */
            index?: boolean;
            /** @description Unique in the collection */
            name: string;
            /** @description Settings of the type */
            options?: components["schemas"]["FieldOptions"];
            /** @description Former name: the field that still has it is renamed */
            previousName?: string;
            /** @description A record must have a value */
            required?: boolean;
            /** @description Name shown to people */
            title?: string;
            /** @description Field type */
            type: string;
            /** @description No two records have the same value */
            unique?: boolean;
        };
        FieldOptions: {
            /** @description select: the values allowed */
            choices?: string[] | null;
            /** @description relation: the other collection */
            collection?: string;
            /** @description relation, many: the field of the other collection that refers to this one */
            field?: string;
            /**
             * @description relation: one, the default, keeps the id of a record of the other collection; many are its records that refer to this one
             * @enum {string}
             */
            kind?: "one" | "many";
            /**
             * Format: int64
             * @description string: longest text, in characters
             */
            maxLength?: number;
            /**
             * @description relation, one: what happens when the other record is deleted; default setNull, or restrict where the field is required
             * @enum {string}
             */
            onDelete?: "setNull" | "restrict" | "cascade";
        };
        ForwardedLine: {
            name: string;
            value: string;
        };
        Freed: {
            /**
             * Format: int64
             * @description About what they took
             */
            bytes: number;
            /**
             * Format: int64
             * @description Requests deleted
             */
            deliveries: number;
            /**
             * Format: int64
             * @description Executions deleted
             */
            executions: number;
        };
        Header: {
            name: string;
            value: string;
        };
        HealthBody: {
            /** @enum {string} */
            database: "sqlite" | "postgres";
            /**
             * Format: int64
             * @description What the database takes on its disk
             */
            databaseBytes: number;
            /**
             * Format: int64
             * @description Seconds that the oldest of them has waited; null when none waits
             */
            oldestQueued: number | null;
            /**
             * Format: int64
             * @description That work on the database
             */
            processes: number;
            /**
             * Format: int64
             * @description Executions that wait for a worker
             */
            queued: number;
            /** Format: int64 */
            running: number;
            /**
             * Format: date-time
             * @description Of the process that answers
             */
            startedAt: string;
            /**
             * Format: int64
             * @description Seconds since then
             */
            uptime: number;
            version: string;
            /**
             * Format: int64
             * @description Executions that wait for a time or for another execution
             */
            waiting: number;
        };
        HistoryEntry: {
            /** @enum {string} */
            action: "created" | "updated" | "deleted";
            /** @description Who wrote by the API; null when an execution did */
            actor: components["schemas"]["Actor"];
            /** Format: date-time */
            at: string;
            /** @description What each field held before and holds after: [before, after]. Long values are cut to {truncated, bytes, head}; empty when nothing changed or it is not known */
            changes: {
                [key: string]: unknown[] | null;
            };
            collection: string;
            /** @description That wrote; null when somebody did by the API */
            execution: string | null;
            /** @description Of the node that wrote */
            nodeKey?: string;
            record: string;
            /** @description Key of the execution's workflow */
            workflow?: string;
        };
        HttpProblem: {
            /** @description What happened and what to do */
            detail: string;
            /** @description What is wrong, each at a JSON pointer into the body */
            errors?: components["schemas"]["Problem"][] | null;
            /**
             * Format: int64
             * @description HTTP status
             */
            status: number;
            /** @description The status in words */
            title: string;
        };
        ImportCheck: {
            /** @description Why others cannot, the first 100 */
            errors: components["schemas"]["RowError"][];
            /**
             * Format: int64
             * @description Rows of the file
             */
            rows: number;
            /**
             * Format: int64
             * @description Rows that can be written
             */
            valid: number;
        };
        ImportItem: {
            /** @description Name */
            collection: string;
            /** Format: date-time */
            createdAt: string;
            createdBy: string;
            /**
             * Format: int64
             * @description Rows that were written
             */
            done: number;
            /** @description Why, of the first of these */
            errors: components["schemas"]["RowError"][];
            /**
             * Format: int64
             * @description Rows that were left out
             */
            failed: number;
            /** Format: date-time */
            finishedAt: string | null;
            /** @enum {string} */
            format: "csv" | "json" | "jsonl";
            id: string;
            /** @enum {string} */
            status: "running" | "succeeded" | "aborted";
            /**
             * Format: int64
             * @description Rows of the file
             */
            total: number;
            /** @description Unique field; a record with the same value there is changed */
            upsertBy: string | null;
        };
        IpHop: {
            address: string;
            chosen: boolean;
            /** @description connection, X-Forwarded-For or Forwarded */
            source: string;
            /** @description It is one of the trusted proxies, so that the next line is believed if this one was */
            trusted: boolean;
        };
        IpSet: {
            /** @description It is always there and cannot be changed */
            builtIn: boolean;
            /**
             * Format: int64
             * @description How many ranges it has
             */
            count: number;
            /** @description Allow and deny lists refer to it as @name */
            name: string;
            /** @description As CIDRs; lists leave them out */
            ranges?: string[] | null;
            /**
             * Format: date-time
             * @description null for a built-in one
             */
            updatedAt: string | null;
        };
        IpVerdictBody: {
            /** @description The client, by which lists and rate limits go */
            address: string;
            /** @description null without a workflow */
            allowed: boolean | null;
            /** @description From the connection to the farthest hop that the headers name */
            chain: components["schemas"]["IpHop"][];
            /** @description What decided; empty without a workflow */
            rule: string;
        };
        Issue: {
            en: string;
            /** @description JSON pointer into the workflow */
            pointer?: string;
            zh: string;
        };
        ListAPIKey: {
            items: components["schemas"]["APIKey"][];
            /** @description Of the next page; null on the last one */
            nextCursor: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with count=true
             */
            total?: number;
        };
        ListAuditEntry: {
            items: components["schemas"]["AuditEntry"][];
            /** @description Of the next page; null on the last one */
            nextCursor: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with count=true
             */
            total?: number;
        };
        ListExecutionItem: {
            items: components["schemas"]["ExecutionItem"][];
            /** @description Of the next page; null on the last one */
            nextCursor: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with count=true
             */
            total?: number;
        };
        ListHistoryEntry: {
            items: components["schemas"]["HistoryEntry"][];
            /** @description Of the next page; null on the last one */
            nextCursor: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with count=true
             */
            total?: number;
        };
        ListImportItem: {
            items: components["schemas"]["ImportItem"][];
            /** @description Of the next page; null on the last one */
            nextCursor: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with count=true
             */
            total?: number;
        };
        ListIpSet: {
            items: components["schemas"]["IpSet"][];
            /** @description Of the next page; null on the last one */
            nextCursor: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with count=true
             */
            total?: number;
        };
        ListListedChannel: {
            items: components["schemas"]["ListedChannel"][];
            /** @description Of the next page; null on the last one */
            nextCursor: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with count=true
             */
            total?: number;
        };
        ListListedCollection: {
            items: components["schemas"]["ListedCollection"][];
            /** @description Of the next page; null on the last one */
            nextCursor: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with count=true
             */
            total?: number;
        };
        ListListedVariable: {
            items: components["schemas"]["ListedVariable"][];
            /** @description Of the next page; null on the last one */
            nextCursor: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with count=true
             */
            total?: number;
        };
        ListRawMessage: {
            items: unknown[];
            /** @description Of the next page; null on the last one */
            nextCursor: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with count=true
             */
            total?: number;
        };
        ListReplayItem: {
            items: components["schemas"]["ReplayItem"][];
            /** @description Of the next page; null on the last one */
            nextCursor: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with count=true
             */
            total?: number;
        };
        ListRevisionItem: {
            items: components["schemas"]["RevisionItem"][];
            /** @description Of the next page; null on the last one */
            nextCursor: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with count=true
             */
            total?: number;
        };
        ListSession: {
            items: components["schemas"]["Session"][];
            /** @description Of the next page; null on the last one */
            nextCursor: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with count=true
             */
            total?: number;
        };
        ListStep: {
            items: components["schemas"]["Step"][];
            /** @description Of the next page; null on the last one */
            nextCursor: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with count=true
             */
            total?: number;
        };
        ListUploadedFile: {
            items: components["schemas"]["UploadedFile"][];
            /** @description Of the next page; null on the last one */
            nextCursor: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with count=true
             */
            total?: number;
        };
        ListUser: {
            items: components["schemas"]["User"][];
            /** @description Of the next page; null on the last one */
            nextCursor: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with count=true
             */
            total?: number;
        };
        ListWorkflowItem: {
            items: components["schemas"]["WorkflowItem"][];
            /** @description Of the next page; null on the last one */
            nextCursor: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with count=true
             */
            total?: number;
        };
        ListedChannel: {
            /** @description Secrets are shown as •••• */
            config: unknown;
            /** Format: date-time */
            createdAt: string;
            key: string;
            kind: string;
            title: string;
            type: string;
            /** Format: date-time */
            updatedAt: string;
            /** @description With usage=true: what names it, a workflow in its published revision or its draft; the first 100 */
            usedBy?: components["schemas"]["Namer"][];
        };
        ListedCollection: {
            /** Format: date-time */
            createdAt?: string;
            /** @description Columns */
            fields: components["schemas"]["Field"][] | null;
            /**
             * @description Always Collection
             * @default Collection
             * @enum {string}
             */
            kind: "Collection";
            /** @description Unique name: a letter, then letters, digits and _, at most 63 */
            name: string;
            /** @description Former name: the collection that still has it is renamed */
            previousName?: string;
            /** @description How much it holds, with stats=true */
            stats?: components["schemas"]["Stats"];
            /** @description Name shown to people */
            title?: string;
            /** Format: date-time */
            updatedAt?: string;
            /** @description With usage=true: what names it, a workflow in its published revision or its draft; the first 100 */
            usedBy?: components["schemas"]["Namer"][];
        };
        ListedVariable: {
            name: string;
            secret: boolean;
            /** Format: date-time */
            updatedAt: string;
            /** @description With usage=true: what names it, a workflow in its published revision or its draft; the first 100 */
            usedBy?: components["schemas"]["Namer"][];
            /** @description null for a secret: it is write-only */
            value: string | null;
        };
        Log: {
            /** Format: date-time */
            at: string;
            level: string;
            text: string;
        };
        MadeKeyBody: {
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string | null;
            id: string;
            /** @description The key; it is never shown again */
            key: string;
            name: string;
            role: string;
        };
        MeBody: {
            id: string;
            /** @description E-mail address of the user, or name of the key */
            name: string;
            role: string;
            /**
             * @description What logged in
             * @enum {string}
             */
            type: "user" | "api_key";
        };
        Namer: {
            key: string;
            /** @enum {string} */
            kind: "workflow" | "channel";
            title: string;
        };
        Need: {
            /** @description That gets a record for each line given */
            collection?: string;
            /** @description Field that holds the line */
            field?: string;
            /** @description The provider makes the secret up; else it may be any */
            given?: boolean;
            help: string;
            /**
             * @description A channel for a node, a secret, or the first records of a collection
             * @enum {string}
             */
            kind: "channel" | "secret" | "records";
            /** @description Of the secret */
            name?: string;
            /** @description Key of the node that sends by the channel */
            node?: string;
            title: string;
            /** @description Types of channels that fit */
            types?: string[] | null;
        };
        NodeCatalogue: {
            /** @description What every node has beside its config: a JSON Schema, and branches */
            common: unknown;
        };
        OpenTest: {
            /** Format: date-time */
            openUntil: string;
        };
        PathCheck: {
            /** @description The enabled workflow that has it */
            conflict: components["schemas"]["Conflict"];
            ok: boolean;
            /** @description What is wrong with the path itself */
            problem: string;
        };
        PeriodTotals: {
            /**
             * Format: int64
             * @description Requests received
             */
            deliveries: number;
            /**
             * Format: int64
             * @description Executions that failed, broke or were aborted
             */
            failedExecutions: number;
            /**
             * Format: double
             * @description 95 % of the executions took at most so many milliseconds; null without any
             */
            p95Ms: number | null;
            /**
             * Format: double
             * @description Of them rejected, 0 to 1; null without any
             */
            rejectedShare: number | null;
        };
        Problem: {
            detail: string;
            pointer: string;
        };
        ProxyCheck: {
            /** @description What the caller's address is taken for */
            clientIP: string;
            detail: components["schemas"]["Bilingual"];
            /** @description The forwarding headers of the call */
            headers: components["schemas"]["ForwardedLine"][];
            /** @description The caller is taken to use https */
            https: boolean;
            /** @description Address that the connection comes from */
            peer: string;
            /** @description trusted-proxies names the peer */
            trusted: boolean;
            /**
             * @description direct: no proxy; forwarded: all is well; untrusted: its headers are ignored; silent: a trusted proxy says nothing of the caller; incomplete: not what scheme was used
             * @enum {string}
             */
            verdict: "direct" | "forwarded" | "untrusted" | "silent" | "incomplete";
        };
        PublicSettingsBody: {
            /** @description Of the process that answers; another one after each start */
            instance: string;
            /**
             * Format: int64
             * @description Largest request body of any endpoint, decoded
             */
            maxBodyBytes: number;
            /** @description Base of the URLs shown; null when it is taken from each request */
            publicURL: string | null;
            /** @description How long records are kept where a workflow does not say; null is for ever */
            retention: components["schemas"]["Retains"];
            /** @description Of the server, as its offset from UTC, such as +08:00 */
            timezone: string;
            version: string;
        };
        PublicURLCheck: {
            detail: components["schemas"]["Bilingual"];
            /** @description It is the setting; otherwise it was taken from the call */
            set: boolean;
            /**
             * Format: int64
             * @description HTTP status of the answer; 0 without one
             */
            status: number;
            url: string;
            /**
             * @description ok: it leads to this server; unreachable: nothing answers; other: something else answers
             * @enum {string}
             */
            verdict: "ok" | "unreachable" | "other";
        };
        ReplayFailure: {
            delivery: string;
            reason: string;
        };
        ReplayItem: {
            /** Format: date-time */
            createdAt: string;
            createdBy: string;
            /**
             * Format: int64
             * @description Those that run again
             */
            done: number;
            /**
             * Format: int64
             * @description Those that could not, or were rejected again
             */
            failed: number;
            /** @description The first of these */
            failures: components["schemas"]["ReplayFailure"][];
            /** @description As it was given */
            filter: unknown;
            /** Format: date-time */
            finishedAt: string | null;
            id: string;
            /** @enum {string} */
            revision: "original" | "current" | "draft";
            /** @enum {string} */
            status: "running" | "succeeded" | "aborted";
            /**
             * Format: int64
             * @description Deliveries found at the start
             */
            total: number;
        };
        Report: {
            checks: components["schemas"]["Check"][] | null;
            ok: boolean;
            scheme: string;
        };
        Retains: {
            /** @description Requests received */
            deliveries: string | null;
            /** @description Executions that did not succeed */
            failed: string | null;
            /** @description Executions that succeeded, such as 7d */
            succeeded: string | null;
        };
        RevisionItem: {
            /** Format: date-time */
            createdAt: string;
            createdBy: string;
            id: string;
            /** Format: int64 */
            number: number;
        };
        RowError: {
            detail: string;
            /** @description Field at fault */
            field?: string;
            /**
             * Format: int64
             * @description Line of the file, from 1; of CSV and JSON lines
             */
            line?: number;
            /**
             * Format: int64
             * @description Number of the row, from 1, a header aside; 0 is the file as a whole
             */
            row: number;
        };
        RunResultBody: {
            /** @description Why it did not succeed */
            error?: string;
            execution: string;
            output: unknown;
            /** @description What a response node answered */
            response: components["schemas"]["ShownResponse"];
            status: string;
        };
        SampleItem: {
            /** @description $context */
            context: unknown;
            /** @description The request in the log; it may be gone by now */
            delivery: string | null;
            /** @description Why, in words */
            detail: string;
            /** @description Whose results are in steps */
            execution: string | null;
            /**
             * @description Where it was taken from
             * @enum {string}
             */
            from: "listen" | "delivery" | "execution" | "manual";
            id: string;
            /**
             * @description What became of the request
             * @enum {string|null}
             */
            outcome: "accepted" | "rejected" | "duplicate" | "filtered" | "handshake" | null;
            /** @description Code of the rejection */
            reason: string | null;
            /** @description As the body of /run takes it; null when there is a $context alone */
            request: components["schemas"]["SampleRequest"];
            /** @description Results by node key, to be pinned; null when no execution belongs to the sample */
            steps: {
                [key: string]: unknown;
            };
            /** Format: date-time */
            takenAt: string;
            /** @description Name of the user or API key */
            takenBy: string;
            /** @description What the verification saw */
            verification: components["schemas"]["Report"];
            /** @description Whether it passed the verification; with the scheme none every request does */
            verified: boolean;
        };
        SampleRequest: {
            /** @description JSON when the request is JSON, else its text, or {base64} */
            body: unknown;
            /** @description Lines of the same name are joined by commas */
            headers: {
                [key: string]: string;
            };
            method: string;
            /** @description Path parameters */
            params: unknown;
            /** @description As it stands in the URL */
            query: string;
            url: string;
        };
        SchemaChange: {
            /** @description In their order */
            changes: components["schemas"]["SchemaStep"][] | null;
            /** @description The collection is new */
            created: boolean;
            /** @description Why it cannot be done */
            problems?: components["schemas"]["Problem"][] | null;
        };
        SchemaStep: {
            /**
             * @description What is done
             * @enum {string}
             */
            action: "create" | "rename" | "add" | "retype" | "set" | "drop" | "reorder" | "title";
            /** @description Name of the field; none: the collection */
            field?: string;
            /** @description Name or type before */
            from?: string;
            /**
             * Format: int64
             * @description How many records' values are converted, filled in or lost
             */
            records: number;
            /** @description Name or type after */
            to?: string;
        };
        ScriptError: {
            /** Format: int64 */
            column: number;
            /** @enum {string} */
            kind: "error" | "syntax" | "timeout" | "memory" | "too_large" | "lost";
            /**
             * Format: int64
             * @description 0 when it is not known
             */
            line: number;
            message: string;
            /** @description Lines count from the first of the code */
            stack: string;
        };
        ScriptLog: {
            /**
             * Format: double
             * @description Milliseconds since the start
             */
            atMs: number;
            /** @enum {string} */
            level: "log" | "info" | "warn" | "error" | "debug";
            text: string;
        };
        ScriptResultBody: {
            /** Format: double */
            durationMs: number;
            /** @description null when it succeeded */
            error: components["schemas"]["ScriptError"];
            logs: components["schemas"]["ScriptLog"][] | null;
            /** @description What the code returned */
            result: unknown;
        };
        SearchHit: {
            /** @description Key of a workflow or node, name of a collection, or id */
            key: string;
            /** @enum {string} */
            kind: "workflow" | "node" | "collection" | "delivery" | "execution";
            title: string;
            /** @description Type of a node */
            type?: string;
            /** @description Key of the workflow it belongs to */
            workflow?: string;
        };
        SearchHitsBody: {
            /** @description The best first */
            items: components["schemas"]["SearchHit"][];
        };
        SeriesBody: {
            /** Format: date-time */
            from: string;
            points: components["schemas"]["SeriesPoint"][];
            /** @description The totals of the period of the same length before */
            previous: components["schemas"]["PeriodTotals"];
            /**
             * Format: int64
             * @description Seconds
             */
            step: number;
            /**
             * Format: date-time
             * @description End of the last step, which may be a little later than asked for
             */
            to: string;
            totals: components["schemas"]["PeriodTotals"];
        };
        SeriesPoint: {
            /**
             * Format: int64
             * @description Requests accepted
             */
            accepted: number;
            /**
             * Format: date-time
             * @description Begin of the step
             */
            at: string;
            /** Format: int64 */
            duplicate: number;
            /**
             * Format: int64
             * @description Executions that began in the step and failed, broke or were aborted
             */
            failed: number;
            /** Format: int64 */
            filtered: number;
            /** Format: int64 */
            handshake: number;
            /**
             * Format: double
             * @description Half of the executions that began in the step took at most so many milliseconds from start to end, waits included; null when none ended
             */
            p50Ms: number | null;
            /**
             * Format: double
             * @description The same of 95 %
             */
            p95Ms: number | null;
            /** Format: int64 */
            rejected: number;
        };
        Session: {
            /** Format: date-time */
            createdAt: string;
            current: boolean;
            /** Format: date-time */
            expiresAt: string;
            id: string;
            ip: string;
            /** Format: date-time */
            lastUsedAt: string;
            userAgent: string;
        };
        Setting: {
            /** @description As written; empty when its default is in words */
            default: string;
            /** @description The default in words; empty when it is a value */
            defaultText: components["schemas"]["Bilingual"];
            description: components["schemas"]["Bilingual"];
            /** @description Environment variable */
            env: string;
            /** @description Which values are accepted */
            expects: components["schemas"]["Bilingual"];
            flag: string;
            /** @description In the file */
            name: string;
            secret: boolean;
            /** @enum {string} */
            source: "flag" | "env" | "file" | "default";
            /** @description As written; masked when secret; null when nobody set it and its default is in words */
            value: string | null;
        };
        SettingsCheckBody: {
            proxy: components["schemas"]["ProxyCheck"];
            publicURL: components["schemas"]["PublicURLCheck"];
        };
        SettingsListBody: {
            items: components["schemas"]["Setting"][];
            version: string;
        };
        SetupStateBody: {
            /** @description Whether there is no user yet */
            needed: boolean;
        };
        ShownRequest: {
            /** @description After content decoding: its text, or {base64} */
            body: unknown;
            headers: components["schemas"]["Header"][];
            method: string;
            url: string;
        };
        ShownResponse: {
            /** @description JSON when the answer is JSON, else its text, or {base64} */
            body: unknown;
            headers: {
                [key: string]: string;
            };
            /** Format: int64 */
            status: number;
        };
        Side: {
            /**
             * @description Null when it answers nothing but 404
             * @enum {string|null}
             */
            answersWith: "published" | "draft" | null;
            /** @description A request for a terminal, signed where that can be written down */
            curl: string;
            /**
             * Format: date-time
             * @description When the test URL closes; null when it is closed or somebody listens
             */
            openUntil: string | null;
            /** @description Why it does not answer */
            reason: components["schemas"]["Text"];
            /**
             * Format: int64
             * @description Number of what is published, when it answers with that
             */
            revision: number | null;
            /** @description With its path parameters as :name and *rest */
            url: string;
        };
        Snippet: {
            code: string;
            /** @description Why it does not */
            note: components["schemas"]["Text"];
            /** @description Whether the program proves itself as the sender would */
            signed: boolean;
            /** @description Environment variables that it needs; HOOKFLOW_SECRET is the secret of the endpoint */
            variables: string[];
        };
        StartedBody: {
            execution: string;
        };
        Stats: {
            /**
             * Format: int64
             * @description What it takes on disk with its indexes; null where the database cannot tell quickly
             */
            bytes: number | null;
            /** @description The number is about right: there are more than a million */
            estimated: boolean;
            /**
             * Format: int64
             * @description Records
             */
            rows: number;
        };
        Step: {
            assign?: {
                [key: string]: unknown;
            };
            /** Format: int64 */
            attempt: number;
            /** Format: double */
            durationMs: number;
            error?: string;
            input?: unknown;
            logs?: components["schemas"]["Log"][] | null;
            nodeKey: string;
            output?: unknown;
            path: string;
            sealed?: string;
            /** Format: date-time */
            startedAt: string;
            status: string;
            type: string;
        };
        Tally: {
            /**
             * Format: date-time
             * @description When the last sweep began
             */
            at: string;
            /** @description What it deleted */
            last: components["schemas"]["Freed"];
            /** @description What all sweeps have deleted */
            total: components["schemas"]["Freed"];
        };
        Template: {
            /** @description Documents of the collections that it works with */
            collections: unknown[];
            /** @description What it does, in one or two sentences */
            help: string;
            /** @description Also the key that the workflow may get */
            key: string;
            /** @description What is to be asked, in this order */
            needs: components["schemas"]["Need"][];
            /** @description Verification scheme of the provider that it is for; empty for any caller */
            scheme: string;
            title: string;
            /** @description Its document */
            workflow: unknown;
        };
        TemplatesBody: {
            items: components["schemas"]["Template"][];
        };
        TestResult: {
            /** @description JSON when the answer is JSON, else its text, or {base64} */
            body: unknown;
            /** @description Null when the request was not recorded */
            delivery: components["schemas"]["DeliveryItem"];
            execution: string | null;
            /** @description Of the answer */
            headers: {
                [key: string]: string;
            };
            /** @description As it was sent; what proves it is shown to administrators only */
            request: components["schemas"]["ShownRequest"];
            /** @description Whether the request was proved as the provider would */
            signed: boolean;
            /**
             * Format: int64
             * @description HTTP status answered
             */
            status: number;
            /** @description Why it was not, though asked for */
            whyNot: components["schemas"]["Text"];
        };
        Text: {
            en: string;
            zh: string;
        };
        TriggerSummary: {
            /** @description Of a webhook */
            methods?: string[] | null;
            /** @description async or sync; of a webhook */
            mode?: string;
            /** @description Below /api/webhooks/; of a webhook */
            path?: string;
            /** @description How callers are verified; of a webhook */
            scheme?: string;
            type: string;
        };
        UploadedFile: {
            contentType: string;
            filename: string;
            /** @description Of the content: the same file has the same one */
            id: string;
            /**
             * Format: int64
             * @description Bytes
             */
            size: number;
            /** Format: date-time */
            uploadedAt: string;
        };
        User: {
            /** Format: date-time */
            createdAt: string;
            email: string;
            id: string;
            role: string;
        };
        Variable: {
            name: string;
            secret: boolean;
            /** Format: date-time */
            updatedAt: string;
            /** @description null for a secret: it is write-only */
            value: string | null;
        };
        WorkflowDiff: {
            /** @description Those of the document, then of the nodes in order, then the nodes that are gone */
            changes: components["schemas"]["ChangeItem"][];
            /** @description The older revision; its number is 0 when it is a draft */
            from: components["schemas"]["RevisionItem"];
            /** @description The newer one */
            to: components["schemas"]["RevisionItem"];
            /** @description There are more changes than are listed */
            truncated: boolean;
        };
        WorkflowHour: {
            /** Format: int64 */
            accepted: number;
            /** Format: int64 */
            failed: number;
            /** Format: int64 */
            rejected: number;
        };
        WorkflowItem: {
            /** Format: date-time */
            createdAt: string;
            enabled: boolean;
            hasDraft: boolean;
            id: string;
            key: string;
            /** @description Key of the workflow that is run when an execution fails; empty when none is */
            onError: string;
            /** @description What it names that is not there */
            problems: components["schemas"]["WorkflowProblem"][];
            /** @description How long records are kept; null where the settings say */
            retain: components["schemas"]["Retains"];
            /**
             * Format: int64
             * @description Number of the published revision; 0 before the first
             */
            revision: number;
            /** @description With stats=true */
            stats?: components["schemas"]["WorkflowStats"];
            tags: string[];
            title: string;
            /** @description Of the published revision, or of the draft before the first */
            trigger: components["schemas"]["TriggerSummary"];
            /** Format: date-time */
            updatedAt: string;
        };
        WorkflowProblem: {
            en: string;
            /** @enum {string} */
            kind: "env" | "channel" | "collection" | "workflow";
            /** @description What is not there */
            name: string;
            /** @description Where in the document */
            pointer: string;
            zh: string;
        };
        WorkflowStats: {
            /**
             * Format: int64
             * @description Executions that failed, broke or were aborted
             */
            failed24h: number;
            /** @description The last 24 hours, the oldest first; the last one ends now */
            hours: components["schemas"]["WorkflowHour"][];
            /**
             * Format: date-time
             * @description null before the first
             */
            lastDeliveryAt: string | null;
            /**
             * Format: int64
             * @description Requests rejected
             */
            rejected24h: number;
        };
        Channel: {
            /**
             * Kind
             * @description Always Channel
             * @default Channel
             * @enum {string}
             */
            kind: "Channel";
            /**
             * Key
             * @description Unique name: a-z, 0-9 and -, at most 64 characters
             */
            key: string;
            /**
             * Title
             * @description Name shown to people
             */
            title?: string;
            /**
             * Type
             * @description Channel type
             */
            type: string;
            /**
             * Config
             * @description Settings of the channel type; strings may hold {{$env.NAME}}. A secret that is shown as •••• stays as it is
             */
            config?: unknown;
        };
        ChannelTest: {
            /**
             * To
             * @description A recipient, or a list of them
             */
            to?: unknown;
            /**
             * Title
             * @description Title, or the subject of a mail
             */
            title?: string;
            /**
             * Text
             * @description Plain text; without any content a sentence that says it is a test
             */
            text?: string;
            /**
             * Markdown
             * @description Markdown of the provider's kind
             */
            markdown?: string;
            /**
             * HTML
             * @description HTML of a mail
             */
            html?: string;
            /**
             * Template
             * @description Template that the provider keeps
             */
            template?: string;
            /**
             * Params
             * @description What fills the template in
             */
            params?: unknown;
        };
        CheckBody: {
            /**
             * Delivery
             * @description Id of a stored request of the workflow
             */
            delivery: string;
            /**
             * Verification
             * @description Settings to verify by; default the draft's
             */
            verification?: unknown;
        };
        Collection: {
            /**
             * Kind
             * @description Always Collection
             * @default Collection
             * @enum {string}
             */
            kind: "Collection";
            /**
             * Name
             * @description Unique name: a letter, then letters, digits and _, at most 63
             */
            name: string;
            /**
             * Title
             * @description Name shown to people
             */
            title?: string;
            /**
             * Fields
             * @description Columns
             */
            fields?: {
                /**
                 * Id
                 * @description Given by the server; sent back with another name, the field is renamed
                 */
                id?: string;
                /**
                 * Name
                 * @description Unique in the collection
                 */
                name: string;
                /**
                 * Type
                 * @description Field type
                 */
                type: string;
                /**
                 * Title
                 * @description Name shown to people
                 */
                title?: string;
                /**
                 * Required
                 * @description A record must have a value
                 */
                required?: boolean;
                /**
                 * Unique
                 * @description No two records have the same value
                 */
                unique?: boolean;
                /**
                 * Index
                 * @description Filters and sorting by it are fast
                 */
                index?: boolean;
                /**
                 * Default
                 * @description Value of a new record that names none
                 */
                default?: unknown;
                /**
                 * Options
                 * @description Settings of the type
                 */
                options?: {
                    /**
                     * Choices
                     * @description select: the values allowed
                     */
                    choices?: string[];
                    /**
                     * Max length
                     * @description string: longest text, in characters
                     */
                    maxLength?: number;
                    /**
                     * Collection
                     * @description relation: the other collection
                     */
                    collection?: string;
                    /**
                     * Kind
                     * @description relation: one, the default, keeps the id of a record of the other collection; many are its records that refer to this one
                     * @enum {string}
                     */
                    kind?: "one" | "many";
                    /**
                     * Field
                     * @description relation, many: the field of the other collection that refers to this one
                     */
                    field?: string;
                    /**
                     * On delete
                     * @description relation, one: what happens when the other record is deleted; default setNull, or restrict where the field is required
                     * @enum {string}
                     */
                    onDelete?: "setNull" | "restrict" | "cascade";
                };
                /**
                 * Previous name
                 * @description Former name: the field that still has it is renamed
                 */
                previousName?: string;
            }[];
            /**
             * Previous name
             * @description Former name: the collection that still has it is renamed
             */
            previousName?: string;
            /**
             * Created at
             * Format: date-time
             */
            createdAt?: string;
            /**
             * Updated at
             * Format: date-time
             */
            updatedAt?: string;
        };
        CopyOf: {
            /**
             * Key
             * @description Key of the copy
             */
            key: string;
            /**
             * Title
             * @description Title of the copy; that of the original when left out
             */
            title?: string;
        };
        Credentials: {
            /**
             * Email
             * @description E-mail address
             */
            email: string;
            /**
             * Password
             * @description Password
             */
            password: string;
        };
        EnvValue: {
            /**
             * Value
             * @description The value, at most 64 KiB
             */
            value: string;
            /**
             * Secret
             * @description Encrypt the value, mask it everywhere and never show it again
             */
            secret?: boolean;
        };
        IpRanges: {
            /**
             * Ranges
             * @description Addresses and CIDRs, IPv4 and IPv6; what is after # is a comment
             */
            ranges: string[];
        };
        IpTest: {
            /**
             * Remote
             * @description Address of the connection, with or without its port
             */
            remote: string;
            /**
             * Headers
             * @description X-Forwarded-For or Forwarded, as the request has them
             */
            headers?: {
                [key: string]: string;
            };
            /**
             * Workflow
             * @description Key of the workflow whose lists decide
             */
            workflow?: string;
        };
        ManyBody: {
            /**
             * Filter
             * @description Which deliveries
             */
            filter: {
                /**
                 * Workflow
                 * @description Key
                 */
                workflow?: string;
                /**
                 * Outcome
                 * @description What became of it
                 * @enum {string}
                 */
                outcome?: "accepted" | "rejected" | "duplicate" | "filtered" | "handshake";
                /**
                 * Reason
                 * @description Code of the rejection
                 */
                reason?: string;
                /**
                 * Status
                 * @description HTTP status answered
                 */
                status?: number;
                /**
                 * Method
                 * @description Method
                 */
                method?: string;
                /**
                 * Ip
                 * @description Address of the client
                 */
                ip?: string;
                /**
                 * Execution
                 * @description Id of the execution it started
                 */
                execution?: string;
                /**
                 * Replay of
                 * @description Id of the delivery it repeats
                 */
                replayOf?: string;
                /**
                 * Replay
                 * @description Whether it repeats another one
                 * @enum {string}
                 */
                replay?: "true" | "false";
                /**
                 * Test
                 * @description Whether it came to the test URL
                 * @enum {string}
                 */
                test?: "true" | "false";
                /**
                 * From
                 * Format: date-time
                 * @description Not before
                 */
                from?: string;
                /**
                 * To
                 * Format: date-time
                 * @description Before
                 */
                to?: string;
                /**
                 * Q
                 * @description Text to look for in URL, address, detail, headers and body
                 */
                q?: string;
                /**
                 * Header
                 * @description Name:text, a header that holds the text, or the name alone
                 */
                header?: string;
                /**
                 * Body
                 * @description path:value, a member of the body that is the value, or the path alone
                 */
                body?: string;
            };
            /**
             * Revision
             * @description What runs: the revision of the first run, the published one, or the draft
             * @default current
             * @enum {string}
             */
            revision: "original" | "current" | "draft";
            /**
             * Dry run
             * @description Only count
             */
            dryRun?: boolean;
        };
        NewKey: {
            /**
             * Name
             * @description What the key is for
             */
            name: string;
            /**
             * Role
             * @description What the key may do
             * @enum {string}
             */
            role: "viewer" | "editor" | "admin";
            /**
             * Expires at
             * Format: date-time
             * @description When it stops to work; never when left out
             */
            expiresAt?: string;
        };
        NewUser: {
            /**
             * Email
             * @description E-mail address
             */
            email: string;
            /**
             * Password
             * @description At least 10 characters
             */
            password: string;
            /**
             * Role
             * @description What the user may do
             * @enum {string}
             */
            role: "viewer" | "editor" | "admin";
        };
        OwnChange: {
            /**
             * Current password
             * @description The password now
             */
            currentPassword: string;
            /**
             * Password
             * @description The new one: at least 10 characters; it ends your other sessions
             */
            password: string;
        };
        ReplayBody: {
            /**
             * Revision
             * @description What runs: the revision of the first run, the published one, or the draft
             * @default current
             * @enum {string}
             */
            revision: "original" | "current" | "draft";
            /**
             * Force
             * @description Let a rejected request in unverified; administrators only
             */
            force?: boolean;
        };
        RetryBody: {
            /**
             * From
             * @description Key of the node to begin at; the results before it are kept. Default: the first node that did not succeed
             */
            from?: string;
            /**
             * Context
             * @description Another $context; default the same
             */
            context?: unknown;
            /**
             * Results
             * @description Other results of the nodes before, by key
             */
            results?: unknown;
        };
        RunBody: {
            /**
             * Request
             * @description A request, parsed as one to a webhook
             */
            request?: {
                /**
                 * Method
                 * @description Method
                 * @default POST
                 * @enum {string}
                 */
                method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
                /**
                 * Headers
                 * @description Headers
                 */
                headers?: {
                    [key: string]: string;
                };
                /**
                 * Query
                 * @description An object, or a query string
                 */
                query?: unknown;
                /**
                 * Body
                 * @description Any JSON; a string is sent as it is when the Content-Type says so
                 */
                body?: unknown;
                /**
                 * Params
                 * @description Path parameters
                 */
                params?: {
                    [key: string]: string;
                };
            };
            /**
             * Context
             * @description Any JSON, taken as $context
             */
            context?: unknown;
            /**
             * Node
             * @description Run this node alone, with pins for what it reads of others
             */
            node?: string;
            /**
             * Until
             * @description End after this node
             */
            until?: string;
            /**
             * Pins
             * @description Results of nodes that are not to run, by key
             */
            pins?: unknown;
            /**
             * Dry run
             * @description Run no node that writes, calls or waits; default true with node or until, else false
             */
            dryRun?: boolean;
        };
        SampleBody: {
            /**
             * Delivery
             * @description Id of a request that was received
             */
            delivery?: string;
            /**
             * Execution
             * @description Id of an execution: what it was started with, and its results as steps
             */
            execution?: string;
            /**
             * Request
             * @description A request, parsed as one to the webhook
             */
            request?: {
                /**
                 * Method
                 * @description Method
                 * @default POST
                 * @enum {string}
                 */
                method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
                /**
                 * Headers
                 * @description Headers
                 */
                headers?: {
                    [key: string]: string;
                };
                /**
                 * Query
                 * @description An object, or a query string
                 */
                query?: unknown;
                /**
                 * Body
                 * @description Any JSON; a string is sent as it is when the Content-Type says so
                 */
                body?: unknown;
                /**
                 * Params
                 * @description Path parameters
                 */
                params?: {
                    [key: string]: string;
                };
            };
            /**
             * Context
             * @description Any JSON, taken as $context
             */
            context?: unknown;
        };
        ScriptTest: {
            /**
             * Code
             * @description Body of an async function
             */
            code: string;
            /**
             * Params
             * @description An object; each of its values is a global of its name
             */
            params?: unknown;
            /**
             * Context
             * @description What context holds
             */
            context?: unknown;
            /**
             * Steps
             * @description What steps holds
             */
            steps?: unknown;
            /**
             * Env
             * @description Names of the variables that env has; only an administrator may name secrets
             */
            env?: string[];
            /**
             * Timeout
             * @description Longest time it may run
             * @default 5s
             */
            timeout: string | number;
        };
        Setup: {
            /**
             * Token
             * @description The one-time token that the server printed at its start
             */
            token: string;
            /**
             * Email
             * @description E-mail address
             */
            email: string;
            /**
             * Password
             * @description At least 10 characters
             */
            password: string;
        };
        SnippetBody: {
            /**
             * Method
             * @description Method; default the first that the trigger takes
             * @enum {string}
             */
            method?: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS";
            /**
             * Path
             * @description Below /api/webhooks/; default the trigger's
             */
            path?: string;
            /**
             * Query
             * @description An object, or a query string
             */
            query?: unknown;
            /**
             * Headers
             * @description Headers; a body without a Content-Type is application/json
             */
            headers?: {
                [key: string]: string;
            };
            /**
             * Body
             * @description A text is sent as it is, any other JSON as it is written
             */
            body?: unknown;
            /**
             * Base64
             * @description Or the bytes of the body
             */
            base64?: string;
            /**
             * Target
             * @description The test URL, which answers with the draft, or the live one
             * @default test
             * @enum {string}
             */
            target: "test" | "live";
            /**
             * Language
             * @description What to write
             * @enum {string}
             */
            language: "curl" | "javascript" | "go" | "python";
            /**
             * Delivery
             * @description Id of a stored request that the method, query, headers and body are taken from
             */
            delivery?: string;
        };
        TestBody: {
            /**
             * Method
             * @description Method; default the first that the trigger takes
             * @enum {string}
             */
            method?: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS";
            /**
             * Path
             * @description Below /api/webhooks/; default the trigger's
             */
            path?: string;
            /**
             * Query
             * @description An object, or a query string
             */
            query?: unknown;
            /**
             * Headers
             * @description Headers; a body without a Content-Type is application/json
             */
            headers?: {
                [key: string]: string;
            };
            /**
             * Body
             * @description A text is sent as it is, any other JSON as it is written
             */
            body?: unknown;
            /**
             * Base64
             * @description Or the bytes of the body
             */
            base64?: string;
            /**
             * Target
             * @description The test URL, which answers with the draft, or the live one
             * @default test
             * @enum {string}
             */
            target: "test" | "live";
            /**
             * Sign
             * @description Prove it as the provider would, with the configured secret
             */
            sign?: boolean;
        };
        UserChange: {
            /**
             * Password
             * @description A new password; it ends the user's sessions
             */
            password?: string;
            /**
             * Role
             * @description What the user may do
             * @enum {string}
             */
            role?: "viewer" | "editor" | "admin";
        };
        Workflow: {
            /**
             * Kind
             * @description Always Workflow
             * @default Workflow
             * @enum {string}
             */
            kind: "Workflow";
            /**
             * Key
             * @description Unique name: a-z, 0-9 and -, at most 64 characters
             */
            key: string;
            /**
             * Title
             * @description Name shown to people
             */
            title?: string;
            /**
             * Tags
             * @description Words to find it by: at most 20 of 40 characters
             */
            tags?: string[];
            /**
             * Enabled
             * @description Whether requests run it
             */
            enabled?: boolean;
            /**
             * Options
             * @description Limits and housekeeping
             */
            options?: {
                /**
                 * Timeout
                 * @description Longest time of a whole execution; 0 = none
                 */
                timeout?: string | number;
                /**
                 * Concurrency
                 * @description Most executions at once; 0 = no limit, 1 = strictly in order of arrival
                 */
                concurrency?: number;
                /**
                 * Retain
                 * @description How long records are kept
                 */
                retain?: {
                    /**
                     * Succeeded
                     * @description Executions that succeeded
                     */
                    succeeded?: string | number;
                    /**
                     * Failed
                     * @description Executions that did not
                     */
                    failed?: string | number;
                    /**
                     * Deliveries
                     * @description Requests received
                     */
                    deliveries?: string | number;
                };
                /**
                 * On error
                 * @description Key of a workflow to run with the failed execution
                 */
                onError?: string;
            };
            /**
             * Trigger
             * @description What starts it
             */
            trigger: {
                /**
                 * Type
                 * @description webhook, or manual: only run by /run and call nodes
                 * @enum {string}
                 */
                type: "webhook" | "manual";
                /**
                 * Config
                 * @description Settings of the trigger
                 */
                config?: unknown;
            };
            /**
             * Nodes
             * @description What it does, in order
             */
            nodes?: components["schemas"]["Workflow"]["$defs"]["hookflow.Node"][];
            $defs: {
                "hookflow.Node": {
                    /**
                     * Key
                     * @description Unique in the workflow
                     */
                    key: string;
                    /**
                     * Type
                     * @description Node type
                     */
                    type: string;
                    /**
                     * Title
                     * @description Name shown to people
                     */
                    title?: string;
                    /**
                     * Disabled
                     * @description Skip this node
                     */
                    disabled?: boolean;
                    /**
                     * Timeout
                     * @description Longest time of one attempt; 0 = none
                     */
                    timeout?: string | number;
                    /**
                     * Retry
                     * @description Try again after an error
                     */
                    retry?: {
                        /**
                         * Attempts
                         * @description How often at most, the first included
                         */
                        attempts: number;
                        /**
                         * Backoff
                         * @description How the wait grows
                         * @default fixed
                         * @enum {string}
                         */
                        backoff: "fixed" | "exponential";
                        /**
                         * Interval
                         * @description The first wait
                         * @default 1s
                         */
                        interval: string | number;
                        /**
                         * On crash
                         * @description A node in flight when the process died: run it again, or fail
                         * @default retry
                         * @enum {string}
                         */
                        onCrash: "retry" | "fail";
                    };
                    /**
                     * On error
                     * @description What an error does: fail the execution, continue after the node, or run its error branch
                     * @default fail
                     * @enum {string}
                     */
                    onError: "fail" | "continue" | "branch";
                    /**
                     * Config
                     * @description Settings of the node type; strings may hold {{variables}}
                     */
                    config?: unknown;
                    /**
                     * Branches
                     * @description Nodes under this one, by branch
                     */
                    branches?: {
                        [key: string]: components["schemas"]["Workflow"]["$defs"]["hookflow.Node"][];
                    };
                };
            };
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    "list-api-keys": {
        parameters: {
            query?: {
                /** @description Most items */
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Also count all items */
                count?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListAPIKey"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "create-api-key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewKey"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MadeKeyBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "revoke-api-key": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "list-audit": {
        parameters: {
            query?: {
                /** @description Most items */
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Also count all items */
                count?: boolean;
                /** @description Id or name of who did it */
                actor?: string;
                action?: string;
                /** @description Kind of the object */
                kind?: string;
                /** @description Key, name or id of the object */
                object?: string;
                from?: string;
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListAuditEntry"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    login: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Credentials"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    logout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "change-me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OwnChange"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "list-sessions": {
        parameters: {
            query?: {
                /** @description Most items */
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Also count all items */
                count?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListSession"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "delete-sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "delete-session": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetupStateBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    setup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Setup"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "list-channel-types": {
        parameters: {
            query?: {
                /** @description Most items */
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Also count all items */
                count?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListRawMessage"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "list-channels": {
        parameters: {
            query?: {
                /** @description Most items */
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Also count all items */
                count?: boolean;
                /** @description Also tell which workflows name it */
                usage?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListListedChannel"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "create-channel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Channel"];
                "application/yaml": components["schemas"]["Channel"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-channel": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "put-channel": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Channel"];
                "application/yaml": components["schemas"]["Channel"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "delete-channel": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "test-channel": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ChannelTest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelAnswerBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "list-collections": {
        parameters: {
            query?: {
                /** @description Most items */
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Also count all items */
                count?: boolean;
                /** @description Also tell which workflows name it */
                usage?: boolean;
                /** @description Also tell how much each holds */
                stats?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListListedCollection"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "create-collection": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Collection"];
                "application/yaml": components["schemas"]["Collection"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CollectionView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-collection": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CollectionView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "put-collection": {
        parameters: {
            query?: {
                /** @description Only tell what would happen: the steps, the records concerned, the problems */
                dryRun?: boolean;
                /** @description Delete the fields that are left out, with what they hold */
                drop?: boolean;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Collection"];
                "application/yaml": components["schemas"]["Collection"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CollectionView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "delete-collection": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "export-records": {
        parameters: {
            query?: {
                /** @description CSV with the names of the fields in its first row, a JSON list, or a JSON object per line. A CSV cell that a spreadsheet would take for a formula has a ' in front, which an import takes off */
                format?: "csv" | "json" | "jsonl";
                /** @description Condition in JSON: {field, op, value}, all, any, not */
                filter?: string;
                /** @description A text that one of the fields holds */
                q?: string;
                /** @description Begin CSV with a byte order mark, by which spreadsheets know UTF-8 */
                bom?: boolean;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                    "application/x-ndjson": string;
                    "text/csv": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "import-records": {
        parameters: {
            query?: {
                /** @description Of the file: CSV whose first row names the fields, a JSON list, or a JSON object per line */
                format?: "csv" | "json" | "jsonl";
                /** @description Of the file, such as gbk; default UTF-8 */
                charset?: string;
                /** @description A unique field: a record with the same value there is changed */
                upsertBy?: string;
                /** @description Only check every row */
                dryRun?: boolean;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": unknown;
                "application/x-ndjson": string;
                "text/csv": string;
            };
        };
        responses: {
            /** @description Of a dry run */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportCheck"];
                };
            };
            /** @description The import has begun */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportItem"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "list-records": {
        parameters: {
            query?: {
                /** @description Most items */
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Also count all items */
                count?: boolean;
                /** @description Condition in JSON: {field, op, value}, all, any, not */
                filter?: string;
                /** @description Fields, separated by commas, - in front for descending */
                sort?: string;
                /** @description Fields wanted, separated by commas */
                fields?: string;
                /** @description Relations whose records to load, separated by commas, such as customer or customer.region */
                with?: string;
                /** @description A text that one of the fields holds */
                q?: string;
                /** @description Also tell who wrote each record last, as writtenBy */
                writer?: boolean;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListRawMessage"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "create-record": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-record": {
        parameters: {
            query?: {
                /** @description Also tell who wrote the record last, as writtenBy */
                writer?: boolean;
            };
            header?: never;
            path: {
                name: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "replace-record": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "delete-record": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "change-record": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-record-history": {
        parameters: {
            query?: {
                /** @description Most items */
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Also count all items */
                count?: boolean;
            };
            header?: never;
            path: {
                name: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListHistoryEntry"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "list-deliveries": {
        parameters: {
            query?: {
                /** @description Most items */
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Also count all items */
                count?: boolean;
                /** @description Key */
                workflow?: string;
                /** @description What became of it */
                outcome?: "accepted" | "rejected" | "duplicate" | "filtered" | "handshake";
                /** @description Code of the rejection */
                reason?: string;
                /** @description HTTP status answered */
                status?: number;
                /** @description Method */
                method?: string;
                /** @description Address of the client */
                ip?: string;
                /** @description Id of the execution it started */
                execution?: string;
                /** @description Id of the delivery it repeats */
                replayOf?: string;
                /** @description Whether it repeats another one */
                replay?: "true" | "false";
                /** @description Whether it came to the test URL */
                test?: "true" | "false";
                /** @description Not before */
                from?: string;
                /** @description Before */
                to?: string;
                /** @description Text to look for in URL, address, detail, headers and body */
                q?: string;
                /** @description Name:text, a header that holds the text, or the name alone */
                header?: string;
                /** @description path:value, a member of the body that is the value, or the path alone */
                body?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryList"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "stream-deliveries": {
        parameters: {
            query?: {
                /** @description Key */
                workflow?: string;
                /** @description What became of it */
                outcome?: "accepted" | "rejected" | "duplicate" | "filtered" | "handshake";
                /** @description Code of the rejection */
                reason?: string;
                /** @description HTTP status answered */
                status?: number;
                /** @description Method */
                method?: string;
                /** @description Address of the client */
                ip?: string;
                /** @description Id of the execution it started */
                execution?: string;
                /** @description Id of the delivery it repeats */
                replayOf?: string;
                /** @description Whether it repeats another one */
                replay?: "true" | "false";
                /** @description Whether it came to the test URL */
                test?: "true" | "false";
                /** @description Not before */
                from?: string;
                /** @description Before */
                to?: string;
                /** @description Text to look for in URL, address, detail, headers and body */
                q?: string;
                /** @description Name:text, a header that holds the text, or the name alone */
                header?: string;
                /** @description path:value, a member of the body that is the value, or the path alone */
                body?: string;
            };
            header?: {
                /** @description Id of the last event received: the stream goes on after it */
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-delivery": {
        parameters: {
            query?: {
                /** @description Show what is masked as it came. Administrators only; it is noted in the audit log */
                credentials?: boolean;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "replay-delivery": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReplayBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryItem"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-delivery-snippet": {
        parameters: {
            query?: {
                /** @description Show what is masked as it came. Administrators only; it is noted in the audit log */
                credentials?: boolean;
                language?: "curl" | "javascript" | "go" | "python";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Snippet"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "check-documents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": unknown;
                "application/yaml": unknown;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckedDocumentsBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "list-env": {
        parameters: {
            query?: {
                /** @description Most items */
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Also count all items */
                count?: boolean;
                /** @description Also tell which workflows name it */
                usage?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListListedVariable"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-env": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Variable"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "put-env": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EnvValue"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Variable"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "delete-env": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "list-executions": {
        parameters: {
            query?: {
                /** @description Most items */
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Also count all items */
                count?: boolean;
                /** @description Key */
                workflow?: string;
                status?: "queued" | "running" | "waiting" | "succeeded" | "failed" | "error" | "aborted" | "cancelled" | "rejected";
                /** @description In the reason why it did not succeed, in any case */
                error?: string;
                startedBy?: "webhook" | "manual" | "retry" | "replay" | "call" | "error";
                /** @description Id of the request that started it, retries included */
                delivery?: string;
                /** @description Id of the execution that it repeats */
                retryOf?: string;
                /** @description Id of the execution that waits for it */
                parent?: string;
                /** @description Not created before */
                from?: string;
                /** @description Created before */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListExecutionItem"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-execution": {
        parameters: {
            query?: {
                /** @description False leaves the steps out: they have a list of their own */
                steps?: boolean;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Execution"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "delete-execution": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "cancel-execution": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Execution"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-execution-context": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "retry-execution": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RetryBody"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StartedBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "list-steps": {
        parameters: {
            query?: {
                /** @description Of the step, such as loop[3].save; several have the same when a node around them was tried again */
                path?: string;
                /** @description Key of the node */
                node?: string;
                status?: "running" | "succeeded" | "failed" | "error" | "aborted" | "cancelled" | "rejected" | "skipped";
                /** @description With input, output, logs and assign; false leaves them out */
                data?: boolean;
                /** @description Most items */
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Also count all items */
                count?: boolean;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListStep"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-execution-workflow": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "list-files": {
        parameters: {
            query?: {
                /** @description Most items */
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Also count all items */
                count?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListUploadedFile"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "upload-file": {
        parameters: {
            query: {
                /** @description Its name */
                filename: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "*/*": string;
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadedFile"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "download-file": {
        parameters: {
            query?: {
                /** @description Name to save it under, instead of its own */
                filename?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    "Content-Security-Policy"?: string;
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "delete-file": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "list-imports": {
        parameters: {
            query?: {
                /** @description Most items */
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Also count all items */
                count?: boolean;
                /** @description Name */
                collection?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListImportItem"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-import": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportItem"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "abort-import": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportItem"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "list-ip-sets": {
        parameters: {
            query?: {
                /** @description Most items */
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Also count all items */
                count?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListIpSet"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-ip-set": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IpSet"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "put-ip-set": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IpRanges"];
                "text/plain": string;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IpSet"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "delete-ip-set": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "test-ip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IpTest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IpVerdictBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "list-node-types": {
        parameters: {
            query?: {
                /** @description Most items */
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Also count all items */
                count?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NodeCatalogue"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    probe: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "list-replays": {
        parameters: {
            query?: {
                /** @description Most items */
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Also count all items */
                count?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListReplayItem"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "start-replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ManyBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-replay": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayItem"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "abort-replay": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayItem"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "test-script": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ScriptTest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScriptResultBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    search: {
        parameters: {
            query: {
                /** @description Text to look for, whatever its case, or an id */
                q: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchHitsBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "list-settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettingsListBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "check-settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettingsCheckBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-public-settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicSettingsBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CountsBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-stats-failing": {
        parameters: {
            query?: {
                /** @description Of executions since then; 24 hours ago when left out */
                from?: string;
                /** @description Most items */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FailingBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-stats-health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-stats-series": {
        parameters: {
            query?: {
                /** @description Begin; 24 hours before the end when left out */
                from?: string;
                /** @description End; now when left out */
                to?: string;
                /** @description Key; all workflows when left out */
                workflow?: string;
                /** @description Most steps */
                buckets?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SeriesBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "list-templates": {
        parameters: {
            query?: {
                /** @description Of all texts, those in the documents included */
                language?: "en" | "zh";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplatesBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "list-trigger-types": {
        parameters: {
            query?: {
                /** @description Most items */
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Also count all items */
                count?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListRawMessage"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "list-users": {
        parameters: {
            query?: {
                /** @description Most items */
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Also count all items */
                count?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListUser"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "create-user": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewUser"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-user": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "delete-user": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "change-user": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserChange"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "delete-user-sessions": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "list-verification-schemes": {
        parameters: {
            query?: {
                /** @description Most items */
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Also count all items */
                count?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListRawMessage"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "list-workflows": {
        parameters: {
            query?: {
                /** @description Most items */
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Also count all items */
                count?: boolean;
                /** @description Also the figures of the last 24 hours */
                stats?: boolean;
                /** @description Only those with the tag */
                tag?: string;
                /** @description Text to look for in key, title, tags and path, whatever its case */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListWorkflowItem"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "create-workflow": {
        parameters: {
            query?: {
                /** @description Save a draft only; nothing is published */
                draft?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Workflow"];
                "application/yaml": components["schemas"]["Workflow"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-workflow": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "put-workflow": {
        parameters: {
            query?: {
                /** @description Replace the draft only; nothing is published */
                draft?: boolean;
            };
            header?: {
                /** @description The ETag of what the change was made from; when it is another one by now, nothing changes and the answer is 412 */
                "If-Match"?: string;
                /** @description * lets only something new be made; what is there already stays and the answer is 412 */
                "If-None-Match"?: string;
            };
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Workflow"];
                "application/yaml": components["schemas"]["Workflow"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "delete-workflow": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "diff-workflow": {
        parameters: {
            query?: {
                /** @description Number of a revision, published or draft */
                from?: string;
                /** @description Number of a revision, published or draft; without a draft that is the published one */
                to?: string;
            };
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowDiff"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "disable-workflow": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-draft": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "duplicate-workflow": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CopyOf"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "enable-workflow": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-endpoint": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Endpoint"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "export-workflow": {
        parameters: {
            query?: {
                format?: "yaml" | "json";
            };
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "listen-workflow": {
        parameters: {
            query?: {
                /** @description How long to wait, such as 90s or 10m; at most 1h */
                timeout?: string;
            };
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "open-test": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenTest"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "check-path": {
        parameters: {
            query?: {
                /** @description As the trigger would have it; default the workflow's key */
                path?: string;
                /** @description Default POST */
                methods?: string[] | null;
            };
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PathCheck"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "publish-workflow": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of what the change was made from; when it is another one by now, nothing changes and the answer is 412 */
                "If-Match"?: string;
                /** @description * lets only something new be made; what is there already stays and the answer is 412 */
                "If-None-Match"?: string;
            };
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "list-revisions": {
        parameters: {
            query?: {
                /** @description Most items */
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Also count all items */
                count?: boolean;
            };
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListRevisionItem"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-revision": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
                n: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "restore-revision": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
                n: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "run-workflow": {
        parameters: {
            query?: {
                /** @description How long to wait, such as 30s or 2m; at most 5m */
                wait?: string;
                revision?: "published" | "draft";
            };
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RunBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunResultBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-sample": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SampleItem"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "put-sample": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SampleBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SampleItem"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "delete-sample": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "write-snippet": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SnippetBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Snippet"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "send-test-request": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TestBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TestResult"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "check-verification": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CheckBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Checked"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
}
