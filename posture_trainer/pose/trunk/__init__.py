"""From the body's landmarks to trunk, shoulders and hands, apart from the head. Pure."""
