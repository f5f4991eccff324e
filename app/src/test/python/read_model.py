"""Opens an exported model with the library that PyTorch's users have, and prints as JSON what it found.

    python read_model.py MODEL
"""

import hashlib
import json
import sys

from safetensors import safe_open

with safe_open(sys.argv[1], framework="numpy") as model:
    tensors = {name: model.get_tensor(name) for name in model.offset_keys()}
    print(
        json.dumps(
            {
                "metadata": model.metadata(),
                "shapes": {name: list(tensor.shape) for name, tensor in tensors.items()},
                "sha256": hashlib.sha256(
                    b"".join(tensor.astype("<f4").tobytes() for tensor in tensors.values())
                ).hexdigest(),
            }
        )
    )
